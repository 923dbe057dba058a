package io.riskstream.chaos.fault.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Flink leaves in the checkpoint folder of a job. */
final class CheckpointFolders {
  private static final String PREFIX = "chk-";
  private static final String METADATA = "_metadata";

  private CheckpointFolders() {}

  /** Returns the newest checkpoint whose metadata are written; 0 if there is none. */
  static long newestComplete(Path folderOfJob) throws IOException {
    var newest = 0L;
    if (!Files.isDirectory(folderOfJob)) {
      return newest;
    }
    try (var folders = Files.newDirectoryStream(folderOfJob, PREFIX + "*")) {
      for (var folder : folders) {
        var id = Long.parseLong(folder.getFileName().toString().substring(PREFIX.length()));
        if (id > newest && isComplete(folder)) {
          newest = id;
        }
      }
    }
    return newest;
  }

  /** Returns whether the metadata of a checkpoint or savepoint are written. */
  static boolean isComplete(Path folder) {
    return Files.exists(folder.resolve(METADATA));
  }
}
