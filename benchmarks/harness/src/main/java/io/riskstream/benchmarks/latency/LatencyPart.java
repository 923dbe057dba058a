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

  private static final String SUSTAINED = "sustained";
  private static final long POLL_MILLIS = 100;

  private final Plan plan;
  private final Broker broker;
  private final Workload workload;
  private final Path folder;
  private final Consumer<String> progress;

  /**
   * A rate, and what share it is of the most that the job keeps up with.
   *
   * @param percent 0 if it was asked for
   */
  record Rate(int percent, double eventsPerSecond) {}

  /**
   * What is asked for.
   *
   * @param rates in events a second; empty for shares of the most that the job keeps up with
   * @param percents these shares
   * @param warmUp from the begin of the load, in which nothing is counted
   * @param jvmOptions of the job
   */
  public record Plan(
      List<Double> rates,
      List<Integer> percents,
      Duration warmUp,
      Duration measured,
      int parallelism,
      String jvmOptions) {
    public Plan {
      rates = List.copyOf(rates);
      percents = List.copyOf(percents);
    }

    /** Returns how long events are sent. */
    Duration length() {
      return warmUp.plus(measured);
    }

    /** Returns the usual lengths of a run of this size. */
    public static Plan of(List<Double> rates, Size size, int parallelism) {
      var seconds =
          switch (size) {
            case FULL -> new int[] {120, 30};
            case QUICK -> new int[] {30, 10};
            case SMOKE -> new int[] {10, 5};
          };
      return new Plan(
          rates,
          size == Size.FULL ? List.of(10, 50, 80) : List.of(50),
          Duration.ofSeconds(seconds[0]),
          Duration.ofSeconds(seconds[1]),
          parallelism,
          size.jvmOptions());
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
   * @param eventsPerSecond riskstream's median in this run, drained without a load beside it; empty
   *     if it has none
   */
  public LatencyReport run(OptionalDouble eventsPerSecond)
      throws IOException, InterruptedException {
    var reports = new ArrayList<RateReport>();
    var sustained = OptionalDouble.empty();
    if (plan.rates().isEmpty() && eventsPerSecond.isPresent()) {
      try {
        sustained = OptionalDouble.of(sustained(eventsPerSecond.getAsDouble()));
      } catch (InterruptedException interrupted) {
        throw interrupted;
      } catch (Exception failed) { // told, and everything else is not lost
        var rate = new Rate(0, eventsPerSecond.getAsDouble());
        reports.add(RateReport.failed(rate, String.valueOf(failed.getMessage())));
      }
    }
    for (var rate : rates(plan, sustained)) {
      reports.add(measure(rate, reports.size() + 1));
    }
    return new LatencyReport(
        plan.warmUp().toMillis() / 1e3,
        plan.measured().toMillis() / 1e3,
        new LatencyReport.Terms(
            Assignment.COMMIT_INTERVAL.toMillis(),
            WATERMARK_DELAY.toMillis() / 1e3,
            ALLOWED_LATENESS.toMillis() / 1e3,
            sustained.orElse(0)),
        reports);
  }

  /** Those that are asked for, otherwise shares of the greatest; empty without either. */
  static List<Rate> rates(Plan plan, OptionalDouble greatest) {
    var rates = new ArrayList<Rate>();
    plan.rates().forEach(rate -> rates.add(new Rate(0, rate)));
    if (rates.isEmpty() && greatest.isPresent()) {
      for (var percent : plan.percents()) {
        var rate = Math.rint(percent * greatest.getAsDouble() / 100);
        rates.add(new Rate(percent, Math.max(LEAST_RATE, rate)));
      }
    }
    return rates;
  }

  /**
   * Sends the job as much as it drains alone, and returns what it keeps up with: load, broker and
   * job share the machine.
   */
  private double sustained(double drained) throws Exception {
    progress.accept(
        "%s: what riskstream keeps up with when it is sent %,.0f events/s"
            .formatted(workload.name(), drained));
    var found =
        underLoad(
            drained,
            SUSTAINED,
            (load, pipeline) -> new OpenLoop(plan, new Rate(0, drained), load, pipeline).pace());
    return Math.min(found, drained);
  }

  private RateReport measure(Rate rate, int number) throws IOException, InterruptedException {
    progress.accept(
        "%s: latency at %,.0f events/s".formatted(workload.name(), rate.eventsPerSecond()));
    var name = "latency-" + number;
    try {
      return underLoad(
          rate.eventsPerSecond(),
          name,
          (load, pipeline) -> new OpenLoop(plan, rate, load, pipeline).run());
    } catch (InterruptedException interrupted) {
      throw interrupted;
    } catch (Exception failed) { // the other rates go on
      return RateReport.failed(rate, String.valueOf(failed.getMessage()));
    }
  }

  private Path home(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  /** What is asked of a job under load. */
  @FunctionalInterface
  private interface Measurement<T> {
    T of(ProbedLoad load, UnderLoad pipeline) throws Exception;
  }

  /** Lets a new job read a new topic, to which nothing has been sent yet. */
  private <T> T underLoad(double eventsPerSecond, String name, Measurement<T> measurement)
      throws Exception {
    var id = workload.name() + "-" + name;
    var home = home(name);
    var load = new ProbedLoad(workload, eventsPerSecond, plan.length());
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
      return measurement.of(load, pipeline);
    } catch (InterruptedException interrupted) {
      throw interrupted;
    } catch (Exception failed) { // kept first: what made it fail may fail the deleting as well
      FailureFile.write(home, failed);
      throw failed;
    } finally {
      broker.deleteTopics(id + "-");
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
