package io.riskstream.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A folder for what is needed while something is measured: empty at first, gone at the end. */
record WorkFolder(Path path) implements AutoCloseable {
  static WorkFolder create(Path path) throws IOException {
    var folder = new WorkFolder(path);
    folder.close();
    Files.createDirectories(path);
    return folder;
  }

  @Override
  public void close() throws IOException {
    delete(path);
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
