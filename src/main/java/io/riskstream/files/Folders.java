package io.riskstream.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Lists folders whose children a job adds, renames and removes meanwhile. */
public final class Folders {
  /** Far more than the children that go, one after the other, while a folder is looked at. */
  private static final int ATTEMPTS = 1_000;

  private Folders() {}

  /**
   * Returns the children, none of a folder that does not exist.
   *
   * <p>Flink's local file system asks for each child by itself, and says that one is missing if it
   * goes meanwhile, such as a checkpoint that a newer one has followed or a file that is committed
   * under its final name. It also returns nothing at all where the system refuses, for too many
   * open files, say. Neither is an absent folder: it is listed again.
   *
   * @throws IOException if the file system cannot be reached, or the folder exists and cannot be
   *     listed at any of many attempts
   */
  public static List<FileStatus> list(FileSystem files, Path folder) throws IOException {
    FileNotFoundException missing = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        var children = files.listStatus(folder);
        if (children != null) {
          return List.of(children);
        }
      } catch (FileNotFoundException removed) {
        missing = removed;
      }
      if (!files.exists(folder)) {
        return List.of();
      }
    }
    throw new IOException(
        "the folder %s exists and cannot be listed; see to its permissions and to the limit of open files"
            .formatted(folder),
        missing);
  }
}
