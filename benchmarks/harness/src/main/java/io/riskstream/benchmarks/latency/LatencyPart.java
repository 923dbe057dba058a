package io.riskstream.benchmarks.latency;

import io.riskstream.benchmarks.contender.Assignment;
import io.riskstream.benchmarks.contender.ContenderRun;
import io.riskstream.benchmarks.contender.FailureFile;
import io.riskstream.benchmarks.contender.flink.Riskstream;
import io.riskstream.benchmarks.workload.Broker;
import io.riskstream.benchmarks.workload.FilledTopic;
import io.riskstream.benchmarks.workload.Size;
import io.riskstream.benchmarks.workload.Workload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Measures how soon riskstream's results are visible: one job after the other, each at a rate. */
public final class LatencyPart {
  /** Short, so that events become final while it is measured, which is work too. */
  static final Duration WATERMARK_DELAY = Duration.ofSeconds(5);

  /** The same. */
  static final Duration ALLOWED_LATENESS = Duration.ofSeconds(10);

  /** With fewer there would be no probes. */
  public static final double LEAST_RATE = 10;

  /** Whose latency is measured. */
  public static final String CONTENDER = "riskstream";

  private static final long POLL_MILLIS = 100;
  private static final int[] PERCENTS = {10, 50, 80};

  private final Plan plan;
  private final Broker broker;
  private final Workload workload;
  private final Path folder;
  private final Consumer<String> progress;

  /**
   * A rate, and what share of the median it is.
   *
   * @param percent 0 if it was asked for
   */
  record Rate(int percent, double eventsPerSecond) {}

  /**
   * What is asked for.
   *
   * @param rates in events a second; empty for shares of what was measured
   * @param warmUp from the begin of the load, in which nothing is counted
   * @param jvmOptions of the job
   */
  public record Plan(
      List<Double> rates, Duration warmUp, Duration measured, int parallelism, String jvmOptions) {
    public Plan {
      rates = List.copyOf(rates);
    }

    /** Returns how long events are sent. */
    Duration length() {
      return warmUp.plus(measured);
    }

    /** Returns the usual lengths of a run of this size. */
    public static Plan of(List<Double> rates, Size size, int parallelism, String jvmOptions) {
      var seconds =
          switch (size) {
            case FULL -> new int[] {120, 30};
            case QUICK -> new int[] {15, 10};
            case SMOKE -> new int[] {10, 5};
          };
      return new Plan(
          rates,
          Duration.ofSeconds(seconds[0]),
          Duration.ofSeconds(seconds[1]),
          parallelism,
          jvmOptions);
    }
  }

  /**
   * @param folder for all that is written meanwhile
   */
  public LatencyPart(
      Plan plan, Broker broker, Workload workload, Path folder, Consumer<String> progress) {
    this.plan = plan;
    this.broker = broker;
    this.workload = workload;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Measures at each rate.
   *
   * @param eventsPerSecond riskstream's median in this run; empty if it has none
   */
  public LatencyReport run(OptionalDouble eventsPerSecond)
      throws IOException, InterruptedException {
    var reports = new ArrayList<RateReport>();
    for (var rate : rates(plan.rates(), eventsPerSecond)) {
      reports.add(measure(rate, reports.size() + 1));
    }
    return new LatencyReport(
        plan.warmUp().toMillis() / 1e3,
        plan.measured().toMillis() / 1e3,
        new LatencyReport.Terms(
            Assignment.COMMIT_INTERVAL.toMillis(),
            WATERMARK_DELAY.toMillis() / 1e3,
            ALLOWED_LATENESS.toMillis() / 1e3),
        reports);
  }

  /** Those that are asked for, otherwise 10, 50 and 80 % of the median; empty without either. */
  static List<Rate> rates(List<Double> asked, OptionalDouble median) {
    var rates = new ArrayList<Rate>();
    asked.forEach(rate -> rates.add(new Rate(0, rate)));
    if (rates.isEmpty() && median.isPresent()) {
      for (var percent : PERCENTS) {
        var rate = Math.rint(percent * median.getAsDouble() / 100);
        rates.add(new Rate(percent, Math.max(LEAST_RATE, rate)));
      }
    }
    return rates;
  }

  private RateReport measure(Rate rate, int number) throws IOException, InterruptedException {
    progress.accept(
        "%s: latency at %,.0f events/s".formatted(workload.name(), rate.eventsPerSecond()));
    var id = "%s-latency-%d".formatted(workload.name(), number);
    var home = Files.createDirectories(folder.resolve("latency-" + number));
    RateReport report;
    try {
      report = measure(rate, id, home);
    } catch (InterruptedException interrupted) {
      throw interrupted;
    } catch (Exception failed) { // the other rates go on
      report = RateReport.failed(rate, String.valueOf(failed.getMessage()));
      FailureFile.write(home, failed);
    }
    broker.deleteTopics(id + "-");
    return report;
  }

  private RateReport measure(Rate rate, String id, Path home) throws Exception {
    var load = new ProbedLoad(workload, rate.eventsPerSecond(), plan.length());
    var topic = id + "-events";
    var manifest = home.resolve("manifest.jsonl");
    var input =
        new FilledTopic(
            topic, 0, load.workload(), System.currentTimeMillis(), Optional.of(manifest));
    var assignment =
        new Assignment(
            id, broker, input, workload.parallelismOr(plan.parallelism()), home, plan.jvmOptions());
    broker.createTopic(topic, Broker.PARTITIONS);
    try (var job = new Riskstream().start(assignment)) {
      awaitFirstCheckpoint(job);
      var config = Riskstream.config(assignment);
      var pipeline =
          new UnderLoad(
              job,
              config,
              Optional.of(Path.of(URI.create(config.lake().path())).resolve("events")),
              writer -> broker.formats(workload.format(), topic, writer),
              manifest);
      return new OpenLoop(plan, rate, load, pipeline).run();
    }
  }

  /** Nobody's first answer is to be that of a job that is not there yet. */
  private static void awaitFirstCheckpoint(ContenderRun job) throws Exception {
    var deadline = System.nanoTime() + OpenLoop.LONGEST_WAIT.toNanos();
    while (job.stateBytes().isEmpty()) {
      job.requireAlive();
      if (System.nanoTime() > deadline) {
        throw new IOException("the job has made no checkpoint in " + OpenLoop.LONGEST_WAIT);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }
}
