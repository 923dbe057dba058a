package io.riskstream.sink.seal;

import io.riskstream.sink.Lake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The file {@code _SEALED} of one hour: it appears whole or not at all, and never before the rows
 * that it speaks of can be read. Writing it again replaces it.
 */
final class SealFile {
  static final String NAME = "_SEALED";

  private final Seal seal;
  private final Path folder;
  private final VisibleRows visible;

  SealFile(String lakePath, Seal seal) {
    this.seal = seal;
    folder = Lake.folder(lakePath, seal.dataset(), seal.hourMillis());
    visible = new VisibleRows(folder);
  }

  Seal seal() {
    return seal;
  }

  /** Writes the file if all of its rows are visible, and returns whether they are. */
  boolean writeIfVisible() throws IOException {
    if (visible.count() < seal.rows()) {
      return false;
    }
    var files = folder.getFileSystem();
    var hidden = new Path(folder, "." + NAME + "." + UUID.randomUUID());
    try (var out = files.create(hidden, FileSystem.WriteMode.NO_OVERWRITE)) {
      out.write(seal.json().getBytes(StandardCharsets.UTF_8));
    }
    var target = new Path(folder, NAME);
    if (!files.rename(hidden, target)) {
      // Hadoop does not rename onto what is there.
      files.delete(target, false);
      if (!files.rename(hidden, target)) {
        throw new IOException("cannot rename " + hidden + " to " + target);
      }
    }
    return true;
  }

  /** Says for a person what is awaited, and what is there. */
  String awaited() throws IOException {
    return "%s: %d of %d rows are visible".formatted(folder, visible.count(), seal.rows());
  }
}
