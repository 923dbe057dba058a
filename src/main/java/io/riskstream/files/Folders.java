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
   * <p>A file system that asks for each child by itself, as Flink's local one does, says that one
   * is missing if it goes meanwhile, such as a checkpoint that a newer one has followed or a file
   * that is committed under its final name. That is no absent folder: it is listed again.
   *
   * @throws FileNotFoundException if a child was missing at each of many attempts
   * @throws IOException if the file system cannot be reached, or refuses
   */
  public static List<FileStatus> list(FileSystem files, Path folder) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        var children = files.listStatus(folder);
        return children == null ? List.of() : List.of(children);
      } catch (FileNotFoundException missing) {
        if (!files.exists(folder)) {
          return List.of();
        }
        if (attempt == ATTEMPTS) {
          throw missing;
        }
      }
    }
  }
}
