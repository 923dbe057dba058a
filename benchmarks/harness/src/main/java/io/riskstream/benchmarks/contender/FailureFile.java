package io.riskstream.benchmarks.contender;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Keeps the whole of a failure, of which a report has one line, beside what it left. */
public final class FailureFile {
  private FailureFile() {}

  /** Writes {@code failure.txt}. */
  public static void write(Path folder, Exception failed) throws IOException {
    try (var trace = new PrintWriter(folder.resolve("failure.txt").toFile(), UTF_8)) {
      failed.printStackTrace(trace);
    }
  }
}
