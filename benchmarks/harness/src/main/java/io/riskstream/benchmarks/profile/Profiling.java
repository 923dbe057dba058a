package io.riskstream.benchmarks.profile;

import io.riskstream.benchmarks.contender.Assignment;
import io.riskstream.benchmarks.contender.Contender;
import io.riskstream.benchmarks.measure.SteadyPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Lets a contender on Flink drain a topic once more, and samples its TaskManager meanwhile. */
public final class Profiling {
  private static final String TASK_MANAGER = "TaskManagerRunner";
  private static final int ROWS = 60;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Of the topic, but no more than {@link SteadyPart#COMPILED_RECORDS}. */
  private static final double WARM_UP_SHARE = 0.6;

  /** Of sampling, unless the topic is through sooner. */
  private static final Duration SAMPLED = Duration.ofSeconds(40);

  private Profiling() {}

  /**
   * Writes {@code NAME.collapsed}, {@code NAME.html}, a flame graph, and {@code NAME.txt}, a
   * ranking, of the part that counts as steady.
   *
   * @param folder for these files
   * @return the ranking
   */
  public static Ranking run(Contender contender, Assignment assignment, Path folder, String name)
      throws Exception {
    Files.createDirectories(folder);
    try (var run = contender.start(assignment)) {
      var records = assignment.input().records();
      if (!run.awaitDrained(1, PATIENCE)) {
        throw new IOException("it has committed nothing in " + PATIENCE);
      }
      run.awaitDrained(
          Math.min(Math.round(WARM_UP_SHARE * records), SteadyPart.COMPILED_RECORDS), PATIENCE);
      var pid = Sampler.running(TASK_MANAGER, run.processes());
      var sampler = Sampler.of(pid, assignment.folder());
      sampler.start();
      run.awaitDrained(Math.round(SteadyPart.END * records), SAMPLED);
      var collapsed = folder.resolve(name + ".collapsed");
      sampler.stop(collapsed, folder.resolve(name + ".html"));
      try (var lines = Files.lines(collapsed)) {
        var ranking = Ranking.of(lines);
        Files.writeString(
            folder.resolve(name + ".txt"), ranking.text(ROWS), StandardCharsets.UTF_8);
        return ranking;
      }
    }
  }
}
