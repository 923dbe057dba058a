package io.riskstream.demo;

import io.riskstream.config.ConfigLoader;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.demo.figures.ConsumerProgress;
import io.riskstream.demo.figures.DemoMetricReporterFactory;
import io.riskstream.demo.figures.Figures;
import io.riskstream.demo.figures.MetricsBoard;
import io.riskstream.demo.figures.SeenUsers;
import io.riskstream.demo.figures.TopUsers;
import io.riskstream.load.LoadResult;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
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
  private final Consumer<String> out;
  private final MetricsBoard board = new MetricsBoard();
  private final SeenUsers seenUsers = new SeenUsers();
  private final Deque<AutoCloseable> servers = new ArrayDeque<>();
  private RiskstreamConfig config;
  private DemoCluster cluster;

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
    this.job = job;
    this.settings = settings;
    this.folder = folder;
    this.stop = stop;
    this.out = out;
  }

  /** Returns the job's configuration, addresses included, once {@link #start} has returned. */
  public RiskstreamConfig config() {
    return config;
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
    var redis = opened(EmbeddedRedis.start(settings.redisPort()));
    config = configure(kafka, redis);
    kafka.createTopic(config.kafka().eventsTopic(), EVENT_PARTITIONS);
    kafka.createTopic(config.kafka().alertsTopic(), 1);
    kafka.createTopic(config.kafka().deadLettersTopic(), 1);
    kafka.createTopic(config.kafka().controlTopic(), 1);

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
    out.accept("Flink web UI  " + cluster.webAddress());
    out.accept("Kafka         " + config.kafka().bootstrapServers());
    out.accept("Redis         " + config.hotStore().uri());
    out.accept("lake          " + folder.lake());
    out.accept("manifest      " + folder.manifest());
    out.accept("log           " + folder.log());
  }

  /**
   * Sends until the load is over or a stop is asked for, then drains the job.
   *
   * @throws DemoException if the job fails or does not get through in time
   */
  public LoadResult run() throws Exception {
    LoadResult sent;
    try (var load = new DemoLoad(settings, folder, config, seenUsers);
        var topUsers = new TopUsers(URI.create(config.hotStore().uri()), seenUsers)) {
      var figures = new Figures(board, load::progress, topUsers, System.nanoTime());
      while (!load.isOver() && !stop.await(SECOND)) {
        print(figures);
        cluster.failIfEnded();
      }
      sent = load.stop();
      awaitTaken(sent, figures);
    }
    cluster.drain(folder.flink().resolve("savepoints"), DRAIN_TIMEOUT);
    return sent;
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

  private void awaitTaken(LoadResult sent, Figures figures) throws Exception {
    var startNanos = System.nanoTime();
    var printedNanos = startNanos;
    try (var progress =
        new ConsumerProgress(
            config.kafka().bootstrapServers(),
            config.kafka().eventsTopic(),
            EVENT_PARTITIONS,
            config.kafka().groupId())) {
      for (var lag = progress.lag(); lag > 0 && !isCounted(sent); lag = progress.lag()) {
        cluster.failIfEnded();
        var atMost = stop.isMade() ? TAKE_TIMEOUT_WHEN_STOPPED : TAKE_TIMEOUT;
        if (System.nanoTime() - startNanos > atMost.toNanos()) {
          throw new DemoException(
              "the pipeline has not taken %d of %d records after %d s"
                  .formatted(lag, sent.acknowledged(), atMost.toSeconds()));
        }
        LockSupport.parkNanos(POLL.toNanos());
        if (System.nanoTime() - printedNanos > SECOND.toNanos()) {
          print(figures);
          printedNanos = System.nanoTime();
        }
      }
    }
    print(figures);
  }

  /** The quick way to know; after a restart of the job its counters no longer say it. */
  private boolean isCounted(LoadResult sent) {
    return sent.isComplete() && board.counted() >= sent.acknowledged();
  }

  private void print(Figures figures) {
    out.accept(figures.line(System.nanoTime()));
  }

  private RiskstreamConfig configure(EmbeddedKafka kafka, EmbeddedRedis redis) {
    var keys = new HashMap<String, String>();
    keys.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    keys.put("hot-store.uri", redis.uri().toString());
    keys.put("lake.path", folder.lake().toUri().toString());
    keys.put("time.watermark-delay", WATERMARK_DELAY.toMillis() + " ms");
    keys.put("time.allowed-lateness", ALLOWED_LATENESS.toMillis() + " ms");
    keys.put("time.idle-timeout", "30 s");
    DemoCluster.jobSettings(folder.flink())
        .forEach((key, value) -> keys.put("flink." + key, value));
    return ConfigLoader.load(null, keys);
  }

  private <T extends AutoCloseable> T opened(T server) {
    servers.push(server);
    return server;
  }
}
