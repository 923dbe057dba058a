package io.riskstream.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A page of Markdown about a run, for those who read its folder where it is published. */
public final class Page {
  private static final double MEBIBYTES_A_GIBIBYTE = 1024;

  private Page() {}

  /**
   * Writes {@code README.md}.
   *
   * @param pictures beside it, without their endings
   * @param text that was printed at the end
   */
  public static void write(
      Path folder, Surroundings surroundings, List<String> pictures, String text)
      throws IOException {
    var page = new StringBuilder("# A run of benchmarks/run\n\n");
    page.append(
        String.format(
            Locale.ROOT,
            """
            Written by the run itself. %s, commit `%s`, size `%s`%s; %d processors, %.0f GiB, %s, %s;
            Flink %s, Kafka %s; load average at the start %.2f. Each repetition is in
            [results.json](results.json); what the figures mean is in benchmarks/README.md.

            """,
            surroundings.time(),
            surroundings.commit(),
            surroundings.size(),
            surroundings.jvmOptions().isEmpty()
                ? ""
                : " (every JVM with `" + surroundings.jvmOptions() + "`)",
            surroundings.processors(),
            surroundings.memoryMebibytes() / MEBIBYTES_A_GIBIBYTE,
            surroundings.system(),
            surroundings.java(),
            surroundings.flink(),
            surroundings.kafka(),
            surroundings.loadAverage()));
    pictures.forEach(name -> page.append("![%1$s](%1$s.png)%n%n".formatted(name)));
    page.append("```text\n").append(text.strip()).append("\n```\n");
    Files.writeString(folder.resolve("README.md"), page);
  }
}
