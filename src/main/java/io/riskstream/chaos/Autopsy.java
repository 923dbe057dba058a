package io.riskstream.chaos;

import io.riskstream.chaos.watch.JobFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How things stood when a scenario failed: the job's exceptions and the last lines of each log. */
final class Autopsy {
  private static final int DEPTH = 4;
  private static final int TAIL_BYTES = 4_000;
  private static final int FAILURES = 5;
  private static final String FILE = "state-of-things.txt";

  private Autopsy() {}

  /**
   * Writes all of it into the folder.
   *
   * @param failures of the job, as Flink recorded them
   * @return the few lines that a person reads first
   */
  static List<String> write(Path folder, String now, List<JobFailure> failures) throws IOException {
    var first = new ArrayList<String>();
    first.add(now);
    var last = failures.subList(Math.max(0, failures.size() - FAILURES), failures.size());
    last.forEach(failure -> first.add("the job failed by " + shortened(failure.firstLine())));
    var text = new StringBuilder(String.join("\n", first)).append('\n');
    last.forEach(failure -> text.append("\n--- exception\n").append(failure.text()).append('\n'));
    for (var log : logs(folder)) {
      text.append("\n--- ").append(folder.relativize(log)).append('\n').append(tail(log));
    }
    var file = folder.resolve(FILE);
    Files.writeString(file, text, StandardCharsets.UTF_8);
    first.add("exceptions and last log lines: " + file);
    return first;
  }

  private static String shortened(String line) {
    return line.length() < 300 ? line : line.substring(0, 300) + "…";
  }

  private static List<Path> logs(Path folder) throws IOException {
    try (var files = Files.walk(folder, DEPTH)) {
      return files
          .filter(file -> file.toString().endsWith(".log") || file.toString().endsWith(".out"))
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().matches("\\d+\\.log")) // Kafka's topics
          .sorted()
          .toList();
    }
  }

  private static String tail(Path log) throws IOException {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      var from = Math.max(0, file.length() - TAIL_BYTES);
      var bytes = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8) + "\n";
    }
  }
}
