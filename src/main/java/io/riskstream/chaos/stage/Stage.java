package io.riskstream.chaos.stage;

import io.riskstream.chaos.proxy.TcpProxy;
import io.riskstream.chaos.watch.JobWatch;
import io.riskstream.cluster.ClusterSettings;
import io.riskstream.cluster.LocalCluster;
import io.riskstream.server.EmbeddedRedis;
import io.riskstream.server.EmbeddedRegistry;
import io.riskstream.server.KafkaProcess;
import io.riskstream.server.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * All servers of a scenario, each a process of its own on the loopback interface that ends with
 * this JVM however it ends; between the job and each server a proxy, so that the network can be
 * cut. Load and verification go to the servers directly.
 */
public final class Stage implements AutoCloseable {
  private static final long SMALL_DISK_BYTES = 512L << 20;

  private final StageSettings settings;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final Map<DiskPlace, SmallDisk> disks = new EnumMap<>(DiskPlace.class);
  private KafkaProcess kafka;
  private TcpProxy kafkaProxy;
  private EmbeddedRedis redis;
  private TcpProxy redisProxy;
  private EmbeddedRegistry registry;
  private TcpProxy registryProxy;
  private LocalCluster cluster;
  private JobWatch watch;

  private Stage(StageSettings settings) {
    this.settings = settings;
  }

  /**
   * Starts all servers; returns once they answer. What was started is ended where one fails.
   *
   * @throws MountRefusedException if a small disk is wanted and this machine does not let us
   */
  public static Stage start(StageSettings settings) throws IOException, InterruptedException {
    var stage = new Stage(settings);
    try {
      stage.start();
      return stage;
    } catch (IOException | InterruptedException | RuntimeException failed) {
      try {
        stage.close();
      } catch (IOException alsoFailed) {
        failed.addSuppressed(alsoFailed);
      }
      throw failed;
    }
  }

  private void start() throws IOException, InterruptedException {
    SmallDisk.unmountBelow(Files.createDirectories(settings.folder()));
    for (var place : settings.smallDisks()) {
      var mountPoint = settings.folder().resolve("disk-" + place.folder());
      disks.put(place, opened(SmallDisk.mount(mountPoint, SMALL_DISK_BYTES)));
    }
    // Beside the servers, as each takes seconds to start and neither needs the other for it.
    var starting = new FutureTask<>(this::startCluster);
    new Thread(starting, "start of the cluster").start();
    try {
      startServers();
    } finally {
      cluster = opened(started(starting));
    }
  }

  private void startServers() throws IOException, InterruptedException {
    kafka = new KafkaProcess(settings.folder().resolve("kafka"), folder(DiskPlace.BROKER));
    kafkaProxy = opened(TcpProxy.start("kafka", kafka.portBehind()));
    kafka.setPortBefore(kafkaProxy.port());
    opened(kafka).start();
    for (var topic : settings.topics().entrySet()) {
      kafka.createTopic(topic.getKey(), topic.getValue());
    }
    redis = opened(EmbeddedRedis.start(0, redisFolder()));
    redisProxy = opened(TcpProxy.start("redis", redis.port()));
    if (settings.registry()) {
      registry = opened(EmbeddedRegistry.start(0, settings.folder().resolve("registry")));
      registryProxy = opened(TcpProxy.start("registry", URI.create(registry.url()).getPort()));
    }
  }

  private LocalCluster startCluster() throws IOException {
    return LocalCluster.start(
        ClusterSettings.attached(settings.folder().resolve("flink"))
            .withTaskManagers(settings.taskManagers(), settings.slots())
            .with(flinkSettings()));
  }

  private static LocalCluster started(FutureTask<LocalCluster> starting)
      throws IOException, InterruptedException {
    try {
      return starting.get();
    } catch (ExecutionException failed) {
      throw new IOException("the cluster: " + failed.getCause().getMessage(), failed.getCause());
    }
  }

  public StageSettings settings() {
    return settings;
  }

  /** Returns where the place's files are, on a small disk or not. */
  public Path folder(DiskPlace place) {
    var disk = disks.get(place);
    return disk == null ? settings.folder().resolve(place.folder()) : disk.data();
  }

  /** Returns where Redis keeps what it saves. */
  public Path redisFolder() {
    return settings.folder().resolve("redis");
  }

  /** Returns the disk of the place, if it has one of its own. */
  public Optional<SmallDisk> disk(DiskPlace place) {
    return Optional.ofNullable(disks.get(place));
  }

  public KafkaProcess kafka() {
    return kafka;
  }

  public TcpProxy kafkaProxy() {
    return kafkaProxy;
  }

  public EmbeddedRedis redis() {
    return redis;
  }

  public TcpProxy redisProxy() {
    return redisProxy;
  }

  /** Returns the schema registry, if there is one. */
  public Optional<EmbeddedRegistry> registry() {
    return Optional.ofNullable(registry);
  }

  /** Returns the proxy before the schema registry, if there is one. */
  public Optional<TcpProxy> registryProxy() {
    return Optional.ofNullable(registryProxy);
  }

  public LocalCluster cluster() {
    return cluster;
  }

  /** Returns where savepoints go that name no other folder. */
  public Path savepoints() {
    return settings.folder().resolve("savepoints");
  }

  /** Returns {@code host:port} of Flink's REST interface. */
  public String restAddress() {
    return cluster.restAddress();
  }

  /** Returns the job's own settings that say where the servers are: behind their proxies. */
  public Map<String, String> jobSettings() {
    var job = new LinkedHashMap<String, String>();
    job.put("kafka.bootstrap-servers", Ports.HOST + ":" + kafkaProxy.port());
    job.put("hot-store.uri", "redis://" + Ports.HOST + ":" + redisProxy.port());
    if (registry != null) {
      var direct = URI.create(registry.url());
      job.put(
          "schema-registry.url",
          "http://" + Ports.HOST + ":" + registryProxy.port() + direct.getPath());
    }
    job.put("lake.path", folder(DiskPlace.LAKE).toString());
    return job;
  }

  /** Looks at the job from now on, at no other one any more; it is to be there already. */
  public JobWatch watch(String jobId) {
    if (watch != null) {
      watch.close();
    }
    watch = JobWatch.start(restAddress(), jobId);
    return watch;
  }

  /**
   * Returns the look at the job.
   *
   * @throws IllegalStateException if no job is looked at
   */
  public JobWatch watch() {
    if (watch == null) {
      throw new IllegalStateException("no job is watched on this stage");
    }
    return watch;
  }

  /** Ends all servers, the last started first, and unmounts what is mounted. */
  @Override
  public void close() throws IOException {
    if (watch != null) {
      watch.close();
    }
    IOException first = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception failed) { // what can be closed declares nothing narrower
        if (first == null) {
          first = new IOException("a server of the stage did not end: " + failed, failed);
        } else {
          first.addSuppressed(failed);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private Map<String, String> flinkSettings() {
    var flink = new LinkedHashMap<String, String>();
    flink.put("execution.checkpointing.dir", folder(DiskPlace.CHECKPOINTS).toUri().toString());
    flink.put("execution.checkpointing.savepoint-dir", savepoints().toUri().toString());
    flink.put("execution.checkpointing.interval", "1 s");
    flink.put("execution.checkpointing.min-pause", "200 ms");
    flink.put("heartbeat.interval", "2 s");
    flink.put("heartbeat.timeout", "8 s");
    flink.put("restart-strategy.exponential-delay.initial-backoff", "500 ms");
    flink.put("restart-strategy.exponential-delay.max-backoff", "2 s");
    // A TaskManager that dies takes a part of the job with it, not all or nothing.
    flink.put("taskmanager.load-balance.mode", "SLOTS");
    // For the watch, whose answers are to be young.
    flink.put("web.refresh-interval", "100");
    flink.put("metrics.fetcher.update-interval", "400");
    // So long the metrics stand still when a task manager has died.
    flink.put("web.timeout", "10 s");
    flink.put("web.exception-history-size", "100");
    flink.put("env.java.opts.jobmanager", ClusterSettings.FIRST_COMPILER_ONLY);
    flink.put("env.java.opts.taskmanager", ClusterSettings.FIRST_COMPILER_ONLY);
    flink.putAll(settings.flink());
    return flink;
  }

  private <C extends AutoCloseable> C opened(C server) {
    opened.push(server);
    return server;
  }
}
