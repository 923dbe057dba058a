package io.riskstream.benchmarks.latency;

import com.sun.management.OperatingSystemMXBean;
import io.riskstream.benchmarks.contender.ContenderRun;
import io.riskstream.benchmarks.latency.RateReport.Percentiles;
import io.riskstream.benchmarks.measure.ProcessTree;
import io.riskstream.load.LoadResult;
import io.riskstream.load.LoadRunner;
import io.riskstream.load.PlannedRecord;
import io.riskstream.manifest.ManifestWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * One pipeline under one load, until all that was asked for is seen. The load keeps to its plan
 * whatever the answers, and what it sends late counts from when it was planned.
 */
final class OpenLoop {
  static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private static final long POLL_MILLIS = 100;

  private final LoadTimes times;
  private final LatencyPart.Rate rate;
  private final ProbedLoad load;
  private final UnderLoad pipeline;
  private final Path manifest;
  private final OpenProbes inRedis;
  private final OpenProbes alerts;
  private final OpenProbes inLake;
  private final Histogram acknowledgedMicros = new Histogram(3);
  private final ProcessTree processes = new ProcessTree();
  private final AtomicLong acknowledgedInTime = new AtomicLong();
  private volatile long startNanos = System.nanoTime();

  /**
   * @param manifest a file that is not there yet, for what is sent
   */
  OpenLoop(LoadTimes times, LatencyPart.Rate rate, UnderLoad pipeline, Path manifest) {
    this.times = times;
    this.rate = rate;
    this.load = new ProbedLoad(pipeline.workload(), rate.eventsPerSecond(), times.length());
    this.pipeline = pipeline;
    this.manifest = manifest;
    this.inRedis = new OpenProbes(times.warmUp().toNanos());
    this.alerts = new OpenProbes(times.warmUp().toNanos());
    this.inLake = new OpenProbes(times.warmUp().toNanos());
  }

  RateReport run() throws Exception {
    pipeline.job().requireAlive();
    var kafka = pipeline.config().kafka();
    var redis = URI.create(pipeline.config().hotStore().uri());
    var lake = pipeline.events().map(events -> new LakeReader(events, inLake, this::nanos));
    if (lake.isPresent()) {
      lake.get().pass();
    }
    try (var hotStore = new HotStoreReader(redis, inRedis, this::nanos);
        var topic = new AlertReader(kafka, alerts, this::nanos);
        var redisReader = new Observer("Redis", hotStore);
        var alertReader = new Observer("alerts", topic);
        var lakeReader = new Observer("lake", lake.isPresent() ? lake.get() : Observer::rest)) {
      var readers = List.of(redisReader, alertReader, lakeReader);
      var before = cpuSeconds(readers);
      var sent = send();
      var seconds = nanos() / 1e9;
      var after = cpuSeconds(readers);
      awaitAnswers(sent.acknowledged(), lake, readers);
      awaitDrained(pipeline.job(), sent.acknowledged(), LONGEST_WAIT);
      return report(sent, RateReport.Cores.between(before, after, seconds));
    }
  }

  /**
   * Sends all, and asks for nothing but how fast the job goes on meanwhile; returns when it is
   * through.
   *
   * @return events a second, which are fewer than those sent if the job does not keep up
   */
  double pace() throws Exception {
    var pace = new Pace(pipeline.job()::progress, this::nanos, times.warmUp().toNanos());
    long acknowledged;
    try (var observer = new Observer("progress", pace)) {
      acknowledged = send().acknowledged();
      observer.requireHealthy();
    }
    awaitDrained(pipeline.job(), acknowledged, LONGEST_WAIT);
    return pace.eventsPerSecond();
  }

  /**
   * Waits until a job has committed so much of its topic.
   *
   * @throws IOException if that takes longer
   */
  static void awaitDrained(ContenderRun job, long records, Duration longest) throws Exception {
    if (!job.awaitDrained(records, longest)) {
      throw new IOException(
          "%d of %d records are committed after %d s"
              .formatted(job.progress().records(), records, longest.toSeconds()));
    }
  }

  private LoadResult send() throws IOException {
    var traffic = load.traffic(System.currentTimeMillis());
    var kafka = pipeline.config().kafka();
    var topic = kafka.eventsTopic();
    // The load's own waiting for a fuller batch would be in every latency.
    var properties = new HashMap<>(kafka.properties());
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
    try (var producer = LoadRunner.producer(kafka.bootstrapServers(), properties);
        var writer = ManifestWriter.create(manifest, topic, traffic.ordinary().describe())) {
      producer.partitionsFor(topic);
      var runner = new LoadRunner(producer, topic, writer);
      runner.onAcknowledged(this::acknowledged);
      var records =
          load.plan(
              traffic,
              pipeline.formats().of(writer),
              (user, event, dueNanos) -> {
                inRedis.opened(user, dueNanos);
                if (pipeline.events().isPresent()) {
                  inLake.opened(event, dueNanos);
                }
              },
              (user, event, dueNanos) -> alerts.opened(user, dueNanos));
      startNanos = System.nanoTime();
      return runner.run(records);
    }
  }

  private long nanos() {
    return System.nanoTime() - startNanos;
  }

  /** Is called by the producer's one thread. */
  private void acknowledged(PlannedRecord record) {
    var now = nanos();
    var warmUpNanos = times.warmUp().toNanos();
    if (record.sendOffsetNanos() >= warmUpNanos) {
      acknowledgedMicros.recordValue(TimeUnit.NANOSECONDS.toMicros(now - record.sendOffsetNanos()));
    }
    if (now >= warmUpNanos && now < times.warmUp().plus(times.measured()).toNanos()) {
      acknowledgedInTime.incrementAndGet();
    }
  }

  private void awaitAnswers(long acknowledged, Optional<LakeReader> lake, List<Observer> readers)
      throws Exception {
    var deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (System.nanoTime() < deadline) {
      for (var reader : readers) {
        reader.requireHealthy();
      }
      pipeline.job().requireAlive();
      if (lake.isPresent()) {
        lake.get().read();
      }
      if (inRedis.unseen() + alerts.unseen() + inLake.unseen() == 0
          && pipeline.job().progress().records() >= acknowledged) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private RateReport report(LoadResult sent, RateReport.Cores cores) {
    var problems = new ArrayList<String>();
    addLost(problems, inRedis, "visible in Redis");
    addLost(problems, alerts, "followed by an alert of the rule " + AlertReader.RULE);
    addLost(problems, inLake, "visible in the lake");
    if (!sent.isComplete()) {
      problems.add(
          "%d of %d events were not acknowledged, the first: %s"
              .formatted(sent.failed(), sent.sent(), sent.firstFailure()));
    }
    return new RateReport(
        rate.percent(),
        rate.eventsPerSecond(),
        sent.sent(),
        acknowledgedInTime.get() / (times.measured().toNanos() / 1e9),
        Percentiles.ofMicros(acknowledgedMicros),
        inRedis.latencies(),
        alerts.latencies(),
        inLake.latencies(),
        cores,
        problems);
  }

  private static void addLost(List<String> problems, OpenProbes probes, String what) {
    if (probes.unseen() > 0) {
      problems.add(
          "%d probes were not %s within %d s of the last event, the first of them %s"
              .formatted(probes.unseen(), what, LONGEST_WAIT.toSeconds(), probes.firstUnseen()));
    }
  }

  private RateReport.Cores cpuSeconds(List<Observer> readers) throws IOException {
    var jvm = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new RateReport.Cores(
        processes.cpuSeconds(pipeline.job().processes()),
        processes.cpuSeconds(pipeline.job().servers()),
        jvm.getProcessCpuTime() / 1e9,
        readers.get(0).cpuSeconds(),
        readers.get(1).cpuSeconds(),
        readers.get(2).cpuSeconds());
  }
}
