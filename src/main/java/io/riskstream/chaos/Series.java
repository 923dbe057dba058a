package io.riskstream.chaos;

import io.riskstream.chaos.report.Result;
import io.riskstream.chaos.report.ResultFile;
import io.riskstream.chaos.scenario.Scenario;
import io.riskstream.lifecycle.program.JobJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Runs scenarios one after the other, each in a folder of its own, which is removed when it has
 * passed, unless it is to be kept. For one thread, which may be interrupted.
 */
public final class Series {
  private final long seed;
  private final Path folder;
  private final boolean keep;
  private final Consumer<String> out;
  private final List<Result> results = new ArrayList<>();
  private final Thread runner = Thread.currentThread();
  private volatile boolean stopped;

  /**
   * Makes a series that the calling thread runs.
   *
   * @param folder of the results; made if absent
   * @param keep whether the folders of scenarios stay that have passed
   */
  public Series(long seed, Path folder, boolean keep, Consumer<String> out) {
    this.seed = seed;
    this.folder = folder.toAbsolutePath().normalize();
    this.keep = keep;
    this.out = out;
  }

  /** Ends the scenario that is running, and the series; may be called by any thread. */
  public void stop() {
    stopped = true;
    runner.interrupt();
  }

  /** Returns the results so far. */
  public List<Result> results() {
    return List.copyOf(results);
  }

  /**
   * Runs one scenario.
   *
   * @param label that stands before its lines, such as {@code 3/24}
   * @param name of its folder
   * @throws InterruptedException if the series was stopped meanwhile
   */
  public Result run(Scenario scenario, JobJar jar, String label, String name)
      throws IOException, InterruptedException {
    var own = folder.resolve(name);
    empty(own);
    Files.createDirectories(own);
    out.accept("[%s] %s: %s".formatted(label, name, scenario.title()));
    var startNanos = System.nanoTime();
    var result =
        new Rehearsal(
                scenario,
                jar,
                seed,
                own,
                line -> out.accept("[%s] %6.1f s  %s".formatted(label, seconds(startNanos), line)))
            .run();
    if (stopped) {
      throw new InterruptedException(); // what was cut off says nothing
    }
    results.add(result);
    result.problems().forEach(problem -> out.accept("[%s] ! %s".formatted(label, problem)));
    out.accept(
        String.format(
            Locale.ROOT,
            "[%s] %s %s after %.1f s: %s",
            label,
            name,
            result.conclusion(),
            seconds(startNanos),
            result.proof()));
    ResultFile.write(folder.resolve("results.json"), seed, results);
    if (result.conclusion() == Result.Conclusion.PASS && !keep) {
      empty(own);
    }
    return result;
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  private static void empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      List<Path> all;
      try (var files = Files.walk(folder)) {
        all = files.sorted(Comparator.reverseOrder()).toList();
      }
      for (var file : all) {
        Files.delete(file);
      }
    }
  }
}
