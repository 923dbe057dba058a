package io.riskstream.chaos.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.riskstream.lifecycle.cluster.CheckpointReport;
import io.riskstream.lifecycle.cluster.LifecycleException;
import io.riskstream.lifecycle.program.JobJar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import java.util.function.ToLongFunction;

/**
 * Ends the job and submits it again from what it left, over and over: by turns behind a savepoint,
 * and as it is, from its last checkpoint. What a TaskManager's JVM holds after a garbage collection
 * may not grow with the rounds: in the end it is at most what it was in the first ones and a bit,
 * where the bit is far less than a class loader kept in each round would be.
 */
final class Rounds {
  /** Rounds in which a JVM still loads what it needs only once. */
  private static final int WARM_UP = 2;

  private static final int FIRST = 3;
  private static final double BIT = 0.1;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final RunningJob job;
  private final JobJar jar;
  private final Path configuration;
  private final Consumer<String> progress;
  private final List<JvmFigures> figures = new ArrayList<>();

  Rounds(RunningJob job, JobJar jar, Path configuration, Consumer<String> progress) {
    this.job = job;
    this.jar = jar;
    this.configuration = configuration;
    this.progress = progress;
  }

  void run(int count) throws IOException, InterruptedException, LifecycleException {
    for (var round = 1; round <= count; round++) {
      var from = round % 2 == 0 ? savepoint() : abandoned();
      job.follow(
          job.lifecycle()
              .submit(jar, List.of("pipeline", "--config", configuration.toString()), from, 0));
      if (!job.watch().await(now -> now.completedCheckpoints() > 0, PATIENCE)) {
        throw new IOException("no checkpoint of round " + round + " completes");
      }
      collectGarbage();
      figures.add(JvmFigures.greatest(job.watch().rest()));
      progress.accept("round %d of %d: %s".formatted(round, count, figures.get(round - 1)));
    }
  }

  int done() {
    return figures.size();
  }

  /** Returns what the first and the last rounds have shown. */
  String sentence() {
    if (figures.size() <= WARM_UP) {
      return figures.size() + " rounds";
    }
    return "%d rounds: %s → %s"
        .formatted(figures.size(), figures.get(WARM_UP), figures.get(figures.size() - 1));
  }

  /** Returns what has grown with the rounds. */
  List<String> leaks() {
    return leaks(figures);
  }

  static List<String> leaks(List<JvmFigures> figures) {
    var leaks = new ArrayList<String>();
    if (figures.size() < 2 * (WARM_UP + FIRST)) {
      return leaks; // too few to tell growth from a beginning
    }
    // Less than one in each second round.
    leak(leaks, "threads", figures, JvmFigures::threads, threads -> threads + figures.size() / 2);
    leak(leaks, "classes", figures, JvmFigures::classes, Rounds::aBitMore);
    leak(leaks, "bytes of metaspace", figures, JvmFigures::metaspaceBytes, Rounds::aBitMore);
    return leaks;
  }

  private static long aBitMore(long count) {
    return Math.round(count * (1 + BIT));
  }

  private static void leak(
      List<String> leaks,
      String what,
      List<JvmFigures> figures,
      ToLongFunction<JvmFigures> figure,
      LongUnaryOperator allowed) {
    var first =
        figures.subList(WARM_UP, WARM_UP + FIRST).stream().mapToLong(figure).max().orElse(0);
    var last =
        figures.subList(figures.size() - FIRST, figures.size()).stream()
            .mapToLong(figure)
            .min()
            .orElse(0);
    var bound = allowed.applyAsLong(first);
    if (last > bound) {
      leaks.add(
          "a leak: in the first rounds %,d %s, after %d rounds %,d, more than %,d"
              .formatted(first, what, figures.size(), last, bound));
    }
  }

  private String savepoint() throws LifecycleException, InterruptedException {
    return job.lifecycle().stop(job.id(), false);
  }

  private String abandoned() throws IOException, LifecycleException, InterruptedException {
    var last = job.lifecycle().abandon(job.id()).checkpoint().map(CheckpointReport::path);
    return last.filter(path -> !path.isEmpty())
        .orElseThrow(() -> new IOException("job " + job.id() + " has left no checkpoint"));
  }

  private void collectGarbage() throws IOException, InterruptedException {
    for (var taskManager : job.stage().cluster().taskManagers()) {
      if (taskManager.isAlive()) {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var pid = Long.toString(taskManager.pid());
        var run = new ProcessBuilder(jcmd, pid, "GC.run").redirectErrorStream(true).start();
        var printed = new String(run.getInputStream().readAllBytes(), UTF_8);
        if (!run.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || run.exitValue() != 0) {
          throw new IOException("jcmd could not collect the garbage of " + pid + ": " + printed);
        }
      }
    }
  }
}
