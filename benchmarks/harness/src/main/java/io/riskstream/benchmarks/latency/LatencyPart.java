package io.riskstream.benchmarks.latency;

import io.riskstream.benchmarks.check.CommonPart;
import io.riskstream.benchmarks.contender.Assignment;
import io.riskstream.benchmarks.contender.ContenderRun;
import io.riskstream.benchmarks.contender.FailureFile;
import io.riskstream.benchmarks.contender.flink.Riskstream;
import io.riskstream.benchmarks.measure.SteadyPart;
import io.riskstream.benchmarks.workload.Broker;
import io.riskstream.benchmarks.workload.FilledTopic;
import io.riskstream.benchmarks.workload.Size;
import io.riskstream.benchmarks.workload.Workload;
import io.riskstream.manifest.Manifest;
import io.riskstream.manifest.SentRecord;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Measures how soon riskstream's results are visible: one job, at one rate after the other. */
public final class LatencyPart {
  /** Short, so that events become final while it is measured, which is work too. */
  static final Duration WATERMARK_DELAY = Duration.ofSeconds(5);

  /** The same; what a load has left open becomes final while the next one warms up. */
  static final Duration ALLOWED_LATENESS = Duration.ofSeconds(10);

  /** With fewer there would be no probes. */
  public static final double LEAST_RATE = 10;

  /** Whose latency is measured. */
  public static final String CONTENDER = "riskstream";

  private static final Duration LONGEST_DRAIN = Duration.ofMinutes(30);

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
   * @param drainedBefore events that a new job drains before the first load
   * @param times of each load
   * @param jvmOptions of the job
   */
  public record Plan(
      List<Double> rates,
      List<Integer> percents,
      long drainedBefore,
      LoadTimes times,
      int parallelism,
      String jvmOptions) {
    public Plan {
      rates = List.copyOf(rates);
      percents = List.copyOf(percents);
    }

    /** Returns the usual lengths of a run of this size. */
    public static Plan of(List<Double> rates, Size size, int parallelism) {
      return new Plan(
          rates,
          size == Size.FULL ? List.of(10, 50, 80) : List.of(50),
          switch (size) {
            case FULL -> SteadyPart.COMPILED_RECORDS;
            case QUICK -> 100_000;
            case SMOKE -> 10_000;
          },
          LoadTimes.of(size),
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
    var problems = new ArrayList<String>();
    var sustained = OptionalDouble.empty();
    if (!plan.rates().isEmpty() || eventsPerSecond.isPresent()) {
      try (var loaded = new LoadedJob()) {
        loaded.drain();
        if (plan.rates().isEmpty()) {
          sustained = OptionalDouble.of(loaded.sustained(eventsPerSecond.getAsDouble()));
        }
        for (var rate : rates(plan, sustained)) {
          reports.add(loaded.measure(rate, reports.size() + 1));
        }
        problems.addAll(loaded.judge());
      } catch (InterruptedException interrupted) {
        throw interrupted;
      } catch (Exception failed) { // told, and everything else is not lost
        problems.addAll(told(failed));
      }
    }
    return new LatencyReport(
        plan.times().warmUp().toMillis() / 1e3,
        plan.times().measured().toMillis() / 1e3,
        new LatencyReport.Terms(
            Assignment.COMMIT_INTERVAL.toMillis(),
            WATERMARK_DELAY.toMillis() / 1e3,
            ALLOWED_LATENESS.toMillis() / 1e3,
            plan.drainedBefore(),
            sustained.orElse(0)),
        reports,
        problems);
  }

  private List<String> told(Exception failed) {
    var problems = new ArrayList<String>();
    problems.add(String.valueOf(failed.getMessage()));
    try {
      FailureFile.write(home(), failed);
    } catch (IOException noFile) {
      problems.add("its trace cannot be kept: " + noFile.getMessage());
    }
    return problems;
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

  private String id() {
    return workload.name() + "-latency";
  }

  private Path home() throws IOException {
    return Files.createDirectories(folder.resolve("latency"));
  }

  /** The same events, but riskstream's settings are those of this load. */
  private Workload loaded() {
    var settings = new TreeMap<>(workload.settings());
    settings.put("time.watermark-delay", WATERMARK_DELAY.toSeconds() + " s");
    settings.put("time.allowed-lateness", ALLOWED_LATENESS.toSeconds() + " s");
    return workload.withSettings(settings);
  }

  /** One job for all loads: it has drained a topic, to which they are then sent. */
  private final class LoadedJob implements AutoCloseable {
    private final String topic = id() + "-events";
    private final List<Path> manifests = new ArrayList<>();
    private final Assignment assignment;
    private final ContenderRun job;

    LoadedJob() throws Exception {
      progress.accept(
          "%s: riskstream drains %,d events before its latency is measured"
              .formatted(workload.name(), plan.drainedBefore()));
      var input =
          FilledTopic.toCheck(
              broker, loaded(), plan.drainedBefore(), topic, manifest("drained before"));
      assignment =
          new Assignment(
              id(),
              broker,
              input,
              workload.parallelismOr(plan.parallelism()),
              home(),
              plan.jvmOptions());
      job = new Riskstream().start(assignment);
    }

    /** Waits until the topic is as it was filled before the job was started. */
    void drain() throws Exception {
      OpenLoop.awaitDrained(job, assignment.input().records(), LONGEST_DRAIN);
    }

    /**
     * Sends the job as much as it drains alone, and returns what it keeps up with: load, broker and
     * job share the machine.
     */
    double sustained(double drained) throws Exception {
      progress.accept(
          "%s: what riskstream keeps up with when it is sent %,.0f events/s"
              .formatted(workload.name(), drained));
      return Math.min(drained, load(new Rate(0, drained), "sustained").pace());
    }

    RateReport measure(Rate rate, int number) throws Exception {
      progress.accept(
          "%s: latency at %,.0f events/s".formatted(workload.name(), rate.eventsPerSecond()));
      try {
        return load(rate, "rate " + number).run();
      } catch (InterruptedException interrupted) {
        throw interrupted;
      } catch (Exception failed) { // what comes after it would be measured behind what it left
        throw new IOException(
            "at %,.0f events/s: %s".formatted(rate.eventsPerSecond(), failed.getMessage()), failed);
      }
    }

    /** Compares everything that it has written, and returns what is wrong; it is ended by that. */
    List<String> judge() throws Exception {
      progress.accept("%s: what it has written is compared".formatted(workload.name()));
      return job.judge(CommonPart.ofNobody(sent())).differences();
    }

    private OpenLoop load(Rate rate, String name) throws IOException {
      var config = Riskstream.config(assignment);
      var pipeline =
          new UnderLoad(
              job,
              workload,
              config,
              Optional.of(Path.of(URI.create(config.lake().path())).resolve("events")),
              writer -> broker.formats(workload.format(), topic, writer));
      broker.progress().beginHere(topic);
      return new OpenLoop(plan.times(), rate, pipeline, manifest(name));
    }

    private Path manifest(String name) throws IOException {
      var file = home().resolve("sent " + name + ".jsonl");
      manifests.add(file);
      return file;
    }

    private Manifest sent() throws IOException {
      var records = new ArrayList<SentRecord>();
      var complete = true;
      long failed = 0;
      for (var file : manifests) {
        var part = Manifest.read(file);
        records.addAll(part.records());
        complete &= part.complete();
        failed += part.failed();
      }
      return new Manifest(topic, records, complete, failed);
    }

    @Override
    public void close() throws IOException {
      try {
        job.close();
      } finally {
        broker.deleteTopics(id() + "-");
      }
    }
  }
}
