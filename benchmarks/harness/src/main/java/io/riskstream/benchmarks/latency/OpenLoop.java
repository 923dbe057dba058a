package io.riskstream.benchmarks.latency;

import com.sun.management.OperatingSystemMXBean;
import io.riskstream.benchmarks.check.CommonPart;
import io.riskstream.benchmarks.contender.Assignment;
import io.riskstream.benchmarks.contender.ContenderRun;
import io.riskstream.benchmarks.contender.flink.Riskstream;
import io.riskstream.benchmarks.latency.RateReport.Percentiles;
import io.riskstream.benchmarks.measure.ProcessTree;
import io.riskstream.benchmarks.workload.Broker;
import io.riskstream.benchmarks.workload.FilledTopic;
import io.riskstream.benchmarks.workload.Workload;
import io.riskstream.load.LoadResult;
import io.riskstream.load.LoadRunner;
import io.riskstream.load.PlannedRecord;
import io.riskstream.manifest.Manifest;
import io.riskstream.manifest.ManifestWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * One job under one load, from its start to the comparison of all that it wrote. The load keeps to
 * its plan whatever the answers, and what it sends late counts from when it was planned.
 */
final class OpenLoop {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
  private static final long POLL_MILLIS = 100;

  private final LatencyPart.Plan plan;
  private final Broker broker;
  private final LatencyPart.Rate rate;
  private final ProbedLoad load;
  private final String id;
  private final Path folder;
  private final OpenProbes inRedis;
  private final OpenProbes alerts;
  private final OpenProbes inLake;
  private final Histogram acknowledgedMicros = new Histogram(3);
  private final ProcessTree processes = new ProcessTree();
  private final AtomicLong acknowledgedInTime = new AtomicLong();
  private volatile long startNanos = System.nanoTime();

  /**
   * @param id no other run of this Kafka has it
   * @param folder for all that is written, new and empty
   */
  OpenLoop(
      LatencyPart.Plan plan,
      Broker broker,
      Workload workload,
      LatencyPart.Rate rate,
      String id,
      Path folder) {
    this.plan = plan;
    this.broker = broker;
    this.rate = rate;
    this.load =
        new ProbedLoad(workload, rate.eventsPerSecond(), plan.warmUp().plus(plan.measured()));
    this.id = id;
    this.folder = folder;
    this.inRedis = new OpenProbes(plan.warmUp().toNanos());
    this.alerts = new OpenProbes(plan.warmUp().toNanos());
    this.inLake = new OpenProbes(plan.warmUp().toNanos());
  }

  RateReport run() throws Exception {
    var topic = id + "-events";
    var manifest = folder.resolve("manifest.jsonl");
    var input =
        new FilledTopic(
            topic, 0, load.workload(), System.currentTimeMillis(), Optional.of(manifest));
    var assignment =
        new Assignment(id, broker, input, plan.parallelism(), folder, plan.jvmOptions());
    broker.createTopic(topic, Broker.PARTITIONS);
    try (var job = new Riskstream().start(assignment)) {
      awaitFirstCheckpoint(job);
      return load(job, assignment);
    }
  }

  /** Nobody's first answer is to be that of a job that is not there yet. */
  private static void awaitFirstCheckpoint(ContenderRun job) throws Exception {
    var deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (job.stateBytes().isEmpty()) {
      job.requireAlive();
      if (System.nanoTime() > deadline) {
        throw new IOException("the job has made no checkpoint in " + LONGEST_WAIT);
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private RateReport load(ContenderRun job, Assignment assignment) throws Exception {
    var config = Riskstream.config(assignment);
    var redis = URI.create(config.hotStore().uri());
    var bootstrap = broker.bootstrapServers();
    var events = Path.of(URI.create(config.lake().path())).resolve("events");
    var lake = new LakeReader(events, inLake, this::nanos);
    try (var hotStore = new HotStoreReader(redis, inRedis, this::nanos);
        var topic = new AlertReader(bootstrap, config.kafka().alertsTopic(), alerts, this::nanos);
        var redisReader = new Observer("Redis", hotStore);
        var alertReader = new Observer("alerts", topic);
        var lakeReader = new Observer("lake", lake)) {
      var readers = List.of(redisReader, alertReader, lakeReader);
      var before = cpuSeconds(job, readers);
      var sent = send(assignment);
      var seconds = nanos() / 1e9;
      var after = cpuSeconds(job, readers);
      awaitAnswers(job, assignment, sent.acknowledged(), lake, readers);
      return report(job, sent, RateReport.Cores.between(before, after, seconds));
    }
  }

  private LoadResult send(Assignment assignment) throws IOException {
    var settings = load.ordinary(System.currentTimeMillis());
    var topic = assignment.input().name();
    // The load's own waiting for a fuller batch would be in every latency.
    var atOnce = Map.of(ProducerConfig.LINGER_MS_CONFIG, "0");
    try (var producer = LoadRunner.producer(broker.bootstrapServers(), atOnce);
        var manifest =
            ManifestWriter.create(
                assignment.input().manifest().orElseThrow(), topic, settings.describe())) {
      producer.partitionsFor(topic);
      var runner = new LoadRunner(producer, topic, manifest);
      runner.onAcknowledged(this::acknowledged);
      var records =
          load.plan(
              settings,
              (user, event, dueNanos) -> {
                inRedis.opened(user, dueNanos);
                inLake.opened(event, dueNanos);
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
    var warmUpNanos = plan.warmUp().toNanos();
    if (record.sendOffsetNanos() >= warmUpNanos) {
      acknowledgedMicros.recordValue(TimeUnit.NANOSECONDS.toMicros(now - record.sendOffsetNanos()));
    }
    if (now >= warmUpNanos && now < plan.warmUp().plus(plan.measured()).toNanos()) {
      acknowledgedInTime.incrementAndGet();
    }
  }

  private void awaitAnswers(
      ContenderRun job,
      Assignment assignment,
      long acknowledged,
      LakeReader lake,
      List<Observer> readers)
      throws Exception {
    var deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (System.nanoTime() < deadline) {
      for (var reader : readers) {
        reader.requireHealthy();
      }
      job.requireAlive();
      lake.read();
      if (inRedis.unseen() + alerts.unseen() + inLake.unseen() == 0
          && assignment.progress().records() >= acknowledged) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private RateReport report(ContenderRun job, LoadResult sent, RateReport.Cores cores)
      throws Exception {
    var problems = new ArrayList<String>();
    addLost(problems, inRedis, "visible in Redis");
    addLost(problems, alerts, "followed by an alert");
    addLost(problems, inLake, "visible in the lake");
    if (!sent.isComplete()) {
      problems.add(
          "%d of %d events were not acknowledged, the first: %s"
              .formatted(sent.failed(), sent.sent(), sent.firstFailure()));
    }
    // Everything that riskstream wrote is compared, by itself.
    var nobody = CommonPart.ofNobody(new Manifest(id, List.of(), true, 0));
    problems.addAll(job.judge(nobody).differences());
    return new RateReport(
        rate.percent(),
        rate.eventsPerSecond(),
        sent.sent(),
        acknowledgedInTime.get() / (plan.measured().toNanos() / 1e9),
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

  private RateReport.Cores cpuSeconds(ContenderRun job, List<Observer> readers) throws IOException {
    var jvm = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new RateReport.Cores(
        processes.cpuSeconds(job.processes()),
        processes.cpuSeconds(job.servers()),
        jvm.getProcessCpuTime() / 1e9,
        readers.get(0).cpuSeconds(),
        readers.get(1).cpuSeconds(),
        readers.get(2).cpuSeconds());
  }
}
