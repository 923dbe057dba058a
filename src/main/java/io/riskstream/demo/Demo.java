package io.riskstream.demo;

import io.riskstream.config.ConfigLoader;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.demo.faults.FaultPlan;
import io.riskstream.demo.faults.FaultReport;
import io.riskstream.demo.faults.Faults;
import io.riskstream.demo.figures.ConsumerProgress;
import io.riskstream.demo.figures.DemoMetricReporterFactory;
import io.riskstream.demo.figures.Figures;
import io.riskstream.demo.figures.HotStoreView;
import io.riskstream.demo.figures.MetricsBoard;
import io.riskstream.demo.figures.Screen;
import io.riskstream.demo.output.JobOutput;
import io.riskstream.demo.output.Promise;
import io.riskstream.load.LoadResult;
import io.riskstream.load.event.LoadFormat;
import io.riskstream.server.EmbeddedKafka;
import io.riskstream.server.EmbeddedRedis;
import io.riskstream.server.EmbeddedRegistry;
import io.riskstream.server.PortTakenException;
import io.riskstream.server.Ports;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The whole pipeline on one computer: Kafka, Redis and Flink in or below this JVM, load, and the
 * job. After {@link #run} everything that was acknowledged is final and committed, and Kafka, Redis
 * and lake can be read until {@link #close}.
 */
public final class Demo implements AutoCloseable {
  static final Duration WATERMARK_DELAY = Duration.ofSeconds(2);
  static final Duration ALLOWED_LATENESS = Duration.ofSeconds(3);

  /** With the guard it says how long after its publication a document's cut lies. */
  static final Duration MAX_FUTURE_SKEW = Duration.ofSeconds(5);

  static final Duration RULES_GUARD = Duration.ofSeconds(2);

  private static final int EVENT_PARTITIONS = 4;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration TAKE_TIMEOUT = Duration.ofSeconds(60);

  /** So that Ctrl-C ends within 15 s, also where the pipeline is far behind. */
  private static final Duration TAKE_TIMEOUT_WHEN_STOPPED = Duration.ofSeconds(8);

  private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(60);

  private final BiConsumer<StreamExecutionEnvironment, RiskstreamConfig> job;
  private final DataFolder folder;
  private final DemoSettings settings;
  private final StopRequest stop;
  private final Screen screen;
  private final MetricsBoard board = new MetricsBoard();
  private final FaultPlan plan;
  private final Deque<AutoCloseable> servers = new ArrayDeque<>();
  private EmbeddedRegistry registry;
  private RiskstreamConfig config;
  private DemoCluster cluster;
  private EmbeddedRedis redis;
  private FaultReport faultReport;
  private List<String> unproven = List.of();

  /**
   * @param job defines the job in an environment; in production the pipeline's
   * @param out takes the lines for the screen
   */
  public Demo(
      BiConsumer<StreamExecutionEnvironment, RiskstreamConfig> job,
      DemoSettings settings,
      DataFolder folder,
      StopRequest stop,
      Consumer<String> out) {
    this(job, settings, FaultPlan.none(), folder, stop, Screen.ofLines(out));
  }

  /** Makes a demo that faults are to hit. */
  public Demo(
      BiConsumer<StreamExecutionEnvironment, RiskstreamConfig> job,
      DemoSettings settings,
      FaultPlan plan,
      DataFolder folder,
      StopRequest stop,
      Screen screen) {
    this.job = job;
    this.settings = settings;
    this.folder = folder;
    this.stop = stop;
    this.plan = plan;
    this.screen = screen;
  }

  /** Returns the job's configuration, addresses included, once {@link #start} has returned. */
  public RiskstreamConfig config() {
    return config;
  }

  /** Returns the schema registry, or null where all events are JSON. */
  public EmbeddedRegistry registry() {
    return registry;
  }

  /** Returns how often the running tasks had to ask the schema registry again. */
  public long registryRetries() {
    return board.registryRetries();
  }

  /**
   * Starts all servers and the job.
   *
   * @return false if it was asked to stop before the job ran
   * @throws PortTakenException if a port that was asked for is taken
   * @throws DemoException if the job cannot start
   */
  public boolean start() throws Exception {
    var webPort = Ports.choose("Flink's web UI", settings.webPort());
    var kafka = opened(new EmbeddedKafka(folder.kafka(), settings.kafkaPort()));
    redis = opened(EmbeddedRedis.start(settings.redisPort()));
    if (settings.format() != LoadFormat.JSON) {
      registry = opened(EmbeddedRegistry.start(0, folder.registry()));
    }
    config = configure(kafka);
    kafka.createTopic(config.kafka().eventsTopic(), EVENT_PARTITIONS);
    kafka.createTopic(config.kafka().alertsTopic(), 1);
    kafka.createTopic(config.kafka().deadLettersTopic(), 1);
    kafka.createTopic(config.kafka().controlTopic(), 1);
    kafka.createTopic(config.kafka().controlStatusTopic(), 1);
    kafka.createTopic(config.kafka().profilesTopic(), EVENT_PARTITIONS);

    var boardNumber = DemoMetricReporterFactory.register(board);
    opened(() -> DemoMetricReporterFactory.unregister(boardNumber));
    cluster = opened(DemoCluster.start(folder.flink(), webPort, boardNumber));
    cluster.submit(job, config);
    var deadline = System.nanoTime() + START_TIMEOUT.toNanos();
    while (!cluster.isRunning()) {
      if (System.nanoTime() > deadline) {
        throw new DemoException(
            "the job does not run after " + START_TIMEOUT.toSeconds() + " s; see " + folder.log());
      }
      if (stop.await(POLL)) {
        return false;
      }
    }
    return true;
  }

  /** Prints where everything is. */
  public void printAddresses() throws Exception {
    screen.line("Flink web UI  " + cluster.webAddress());
    screen.line("Kafka         " + config.kafka().bootstrapServers());
    screen.line("Redis         " + config.hotStore().uri());
    if (registry != null) {
      screen.line("registry      " + registry.url());
    }
    screen.line("lake          " + folder.lake());
    screen.line("manifest      " + folder.manifest());
    screen.line("log           " + folder.log());
  }

  /**
   * Sends until the load is over or a stop is asked for, then drains the job.
   *
   * @throws DemoException if the job fails or does not get through in time
   */
  public LoadResult run() throws Exception {
    var faults = new Faults(plan, board, cluster::killTaskManager, redis::crash, redis::startAgain);
    LoadResult sent;
    try (var load = new DemoLoad(settings, folder, config);
        var output = new JobOutput(config.kafka());
        var hotStore = new HotStoreView(URI.create(config.hotStore().uri()))) {
      var startNanos = System.nanoTime();
      var figures = new Figures(board, load::progress, hotStore, output, faults::lines, startNanos);
      var shownNanos = startNanos;
      while (!load.isOver() && !stop.await(POLL)) {
        var nowNanos = System.nanoTime();
        faults.tick(Duration.ofNanos(nowNanos - startNanos));
        if (nowNanos - shownNanos >= SECOND.toNanos()) {
          figures.show(screen, nowNanos);
          shownNanos = nowNanos;
        }
        cluster.failIfEnded();
      }
      screen.line(
          "stopping      sending ends, the job takes what was sent and stops"
              + (stop.isMade() ? "; Ctrl-C again ends at once, unverified" : ""));
      var promise = load.isOver() ? load.promise() : Promise.NONE;
      sent = load.stop();
      faults.endOutage();
      awaitTaken(sent, figures, output);
      awaitRebuilt(figures);
      faultReport = faults.report(sent.events());
      cluster.drain(folder.flink().resolve("savepoints"), DRAIN_TIMEOUT);
      output.readToEnd();
      screen.line("alerts        " + output.alerts().line());
      screen.line("documents     " + output.documents().line());
      unproven = promise.unproven(output.alerts(), output.documents());
    }
    return sent;
  }

  /**
   * Returns what the run was to show and is not known to have happened, each with what is missing
   * for the proof, once {@link #run} has returned. A run that was ended early was to show nothing.
   */
  public List<String> unproven() {
    return unproven;
  }

  /** Returns what the faults have done, once {@link #run} has returned. */
  public FaultReport faultReport() {
    return faultReport;
  }

  /** Ends all servers, the last started first. */
  @Override
  public void close() throws Exception {
    Exception first = null;
    while (!servers.isEmpty()) {
      try {
        servers.pop().close();
      } catch (Exception failed) {
        if (first == null) {
          first = failed;
        } else {
          first.addSuppressed(failed);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /**
   * By counters, which are quick, or by committed offsets, which outlast restarts; documents by
   * their answers.
   */
  private void awaitTaken(LoadResult sent, Figures figures, JobOutput output) throws Exception {
    var startNanos = System.nanoTime();
    var printedNanos = startNanos;
    try (var progress =
        new ConsumerProgress(
            config.kafka().bootstrapServers(),
            Map.of(
                config.kafka().eventsTopic(), EVENT_PARTITIONS,
                config.kafka().profilesTopic(), EVENT_PARTITIONS),
            config.kafka().groupId())) {
      while (true) {
        var unanswered = Math.max(0, sent.documents() - output.documents().answered());
        var lag = isCounted(sent) ? unanswered : progress.lag() + unanswered;
        if (lag == 0) {
          break;
        }
        cluster.failIfEnded();
        var atMost = stop.isMade() ? TAKE_TIMEOUT_WHEN_STOPPED : TAKE_TIMEOUT;
        if (System.nanoTime() - startNanos > atMost.toNanos()) {
          throw new DemoException(
              "the pipeline has not taken %d of %d records after %d s"
                  .formatted(lag, sent.acknowledged(), atMost.toSeconds()));
        }
        LockSupport.parkNanos(POLL.toNanos());
        output.readOn();
        if (System.nanoTime() - printedNanos > SECOND.toNanos()) {
          figures.show(screen, System.nanoTime());
          printedNanos = System.nanoTime();
        }
      }
    }
    figures.show(screen, System.nanoTime());
  }

  /**
   * Waits until the job runs and owes the hot store nothing. What is still owed after a bounded
   * time is found by the verification.
   */
  private void awaitRebuilt(Figures figures) throws Exception {
    if (plan.isEmpty()) {
      return;
    }
    var atMost = stop.isMade() ? TAKE_TIMEOUT_WHEN_STOPPED : TAKE_TIMEOUT;
    var deadlineNanos = System.nanoTime() + atMost.toNanos();
    while (System.nanoTime() < deadlineNanos
        && (!cluster.isRunning() || board.greatest(MetricsBoard.HOT_STORE_DEGRADED) > 0)) {
      LockSupport.parkNanos(POLL.toNanos());
    }
    figures.show(screen, System.nanoTime());
  }

  /** After a restart of the job its counters no longer say it. */
  private boolean isCounted(LoadResult sent) {
    return sent.isComplete()
        && board.counted() >= sent.events()
        && board.countedProfiles() >= sent.profiles();
  }

  private RiskstreamConfig configure(EmbeddedKafka kafka) {
    var keys = new HashMap<String, String>();
    keys.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    keys.put("hot-store.uri", redis.uri().toString());
    keys.put("schema-registry.url", registry == null ? "" : registry.url());
    keys.put("lake.path", folder.lake().toUri().toString());
    keys.put("time.watermark-delay", WATERMARK_DELAY.toMillis() + " ms");
    keys.put("time.allowed-lateness", ALLOWED_LATENESS.toMillis() + " ms");
    keys.put("time.idle-timeout", "30 s");
    keys.put("time.max-future-skew", MAX_FUTURE_SKEW.toMillis() + " ms");
    keys.put("rules.guard", RULES_GUARD.toMillis() + " ms");
    // Where profiles are sent, each partition gets some each second; the rest is waiting in vain.
    keys.put("profiles.idle-timeout", settings.inputOrNull() == null ? "30 s" : "1 s");
    DemoCluster.jobSettings(folder.flink())
        .forEach((key, value) -> keys.put("flink." + key, value));
    return ConfigLoader.load(null, keys);
  }

  private <T extends AutoCloseable> T opened(T server) {
    servers.push(server);
    return server;
  }
}
