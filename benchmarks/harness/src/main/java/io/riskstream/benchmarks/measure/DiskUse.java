package io.riskstream.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much lies on disk. */
public final class DiskUse {
  private DiskUse() {}

  /** Returns the size of all files below a folder that is there. */
  public static long bytes(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
