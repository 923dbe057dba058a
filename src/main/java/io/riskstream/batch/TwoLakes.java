package io.riskstream.batch;

import io.riskstream.files.Folders;
import io.riskstream.sink.Lake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Sees to it that a batch writes a lake of its own: neither the one that it reads, however that is
 * written, nor one inside it or around it, nor one that holds rows already.
 */
final class TwoLakes {
  private static final List<String> DATASETS =
      List.of(
          Lake.EVENTS,
          Lake.LEDGER,
          Lake.ALERTS,
          Lake.ACTIVITY,
          "aggregated",
          Lake.PROFILES,
          Lake.CONTROL);

  private TwoLakes() {}

  /**
   * Checks both.
   *
   * @throws IllegalArgumentException if they are not apart, or the written one is not empty
   * @throws UncheckedIOException if the written one cannot be looked at
   */
  static void check(String read, String written) {
    var from = qualified(read);
    var to = qualified(written);
    if (holds(from, to) || holds(to, from)) {
      throw new IllegalArgumentException(
          "the lake at %s is read, so that none can be written at %s; give lake.path a folder apart"
              .formatted(read, written));
    }
    try {
      for (var dataset : DATASETS) {
        refuseRows(to.getFileSystem(), new Path(to, dataset));
      }
    } catch (IOException unreachable) {
      throw new UncheckedIOException(
          "the lake at " + written + " cannot be looked at; see to lake.path", unreachable);
    }
  }

  private static Path qualified(String lake) {
    try {
      var path = new Path(lake);
      var qualified = path.makeQualified(path.getFileSystem());
      return new Path(qualified.toUri().normalize());
    } catch (IOException unknown) {
      throw new UncheckedIOException(
          "no file system for the lake at " + lake + "; see to lake.path", unknown);
    }
  }

  private static boolean holds(Path outer, Path inner) {
    for (var at = inner; at != null; at = at.getParent()) {
      if (at.equals(outer)) {
        return true;
      }
    }
    return false;
  }

  private static void refuseRows(FileSystem files, Path at) throws IOException {
    for (var child : Folders.list(files, at)) {
      if (child.isDir()) {
        refuseRows(files, child.getPath());
      } else {
        throw new IllegalArgumentException(
            "the lake that is written holds %s already, and each row would be there twice; give lake.path an empty folder"
                .formatted(child.getPath()));
      }
    }
  }
}
