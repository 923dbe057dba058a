package io.riskstream.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A folder for what is needed while something is measured: empty at first, and gone at the end
 * unless somebody may want to look at it.
 */
final class WorkFolder implements AutoCloseable {
  private final Path path;
  private boolean kept;

  private WorkFolder(Path path) {
    this.path = path;
  }

  /** Makes it, or empties it. */
  static WorkFolder create(Path path) throws IOException {
    delete(path);
    Files.createDirectories(path);
    return new WorkFolder(path);
  }

  Path path() {
    return path;
  }

  /** Lets it be, until the next is created in its place. */
  void keep() {
    kept = true;
  }

  @Override
  public void close() throws IOException {
    if (!kept) {
      delete(path);
    }
  }

  /**
   * Waits until all that was written to this disk is on it, by whomever: who is measured next would
   * wait for it otherwise.
   */
  static void settle(Path folder) throws IOException, InterruptedException {
    var sync = new ProcessBuilder("sync", "--file-system", folder.toString()).inheritIO().start();
    var status = sync.waitFor();
    if (status != 0) {
      throw new IOException("sync --file-system " + folder + " has ended with " + status);
    }
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
