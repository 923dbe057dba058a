package io.riskstream.benchmarks.latency;

import io.riskstream.benchmarks.check.CommonPart;
import io.riskstream.benchmarks.check.Judgement;
import io.riskstream.benchmarks.contender.ContenderRun;
import io.riskstream.benchmarks.contender.FailureFile;
import io.riskstream.benchmarks.measure.Progress;
import io.riskstream.benchmarks.workload.TopicProgress;
import io.riskstream.benchmarks.workload.Workload;
import io.riskstream.config.KafkaConfig;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.load.event.EventFormats;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Loads a pipeline that runs already, wherever that is, and measures how soon its results are
 * visible. What it wrote is not compared, as it may have other input too; the manifests stay.
 */
public final class DeployedPart {
  private final List<Double> rates;
  private final LoadTimes times;
  private final RiskstreamConfig config;
  private final Workload workload;
  private final Path folder;
  private final Consumer<String> progress;

  /**
   * @param rates in events a second
   * @param config of the pipeline: its topics, its Redis, its lake
   * @param folder for the manifests
   */
  public DeployedPart(
      List<Double> rates,
      LoadTimes times,
      RiskstreamConfig config,
      Workload workload,
      Path folder,
      Consumer<String> progress) {
    this.rates = List.copyOf(rates);
    this.times = times;
    this.config = config;
    this.workload = workload;
    this.folder = folder;
    this.progress = progress;
  }

  /**
   * Measures at each rate, one after the other.
   *
   * @throws IOException if the pipeline cannot be loaded or looked at; nothing is sent then
   */
  public LatencyReport run() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    requireRedis();
    var events = events();
    var reports = new ArrayList<RateReport>();
    try (var job = new Deployed(config.kafka())) {
      job.requireReady();
      for (var rate : rates) {
        reports.add(measure(job, events, new LatencyPart.Rate(0, rate), reports.size() + 1));
      }
    }
    return new LatencyReport(
        times.warmUp().toMillis() / 1e3,
        times.measured().toMillis() / 1e3,
        null,
        reports,
        List.of());
  }

  private void requireRedis() throws IOException {
    var uri = config.hotStore().uri();
    try (var redis = new Jedis(URI.create(uri))) {
      redis.ping();
    } catch (JedisException failed) {
      throw new IOException("Redis at %s: %s".formatted(uri, failed.getMessage()), failed);
    }
  }

  private RateReport measure(Deployed job, Optional<Path> events, LatencyPart.Rate rate, int number)
      throws IOException, InterruptedException {
    progress.accept(
        "%s: %,.0f events/s to %s, %,d users for %d s"
            .formatted(
                workload.name(),
                rate.eventsPerSecond(),
                config.kafka().bootstrapServers(),
                workload.users().count(),
                times.length().toSeconds()));
    var manifest = folder.resolve("manifest-%d.jsonl".formatted(number));
    try {
      job.beginHere();
      var pipeline = new UnderLoad(job, workload, config, events, writer -> EventFormats.json());
      return new OpenLoop(times, rate, pipeline, manifest).run();
    } catch (InterruptedException interrupted) {
      throw interrupted;
    } catch (Exception failed) { // the other rates go on
      var home = Files.createDirectories(folder.resolve("failed-" + number));
      FailureFile.write(home, failed);
      return RateReport.failed(rate, failed.getMessage() + "; see " + home);
    }
  }

  private Optional<Path> events() {
    var lake = URI.create(config.lake().path());
    if (lake.getScheme() == null || lake.getScheme().equals("file")) {
      var folderOfEvents = Path.of(lake.getPath()).resolve("events");
      if (Files.isDirectory(folderOfEvents)) {
        return Optional.of(folderOfEvents);
      }
    }
    progress.accept("the lake %s is not looked at: it is not on this machine".formatted(lake));
    return Optional.empty();
  }

  /** A job of which nothing is known but what its consumer group has committed since now. */
  private static final class Deployed implements ContenderRun {
    private static final int PATIENCE_MILLIS = 20_000;

    private final KafkaConfig kafka;
    private final Admin admin;
    private final TopicProgress progress;

    Deployed(KafkaConfig kafka) {
      this.kafka = kafka;
      var properties = new HashMap<String, Object>(kafka.properties());
      properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
      properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
      properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
      this.admin = Admin.create(properties);
      this.progress = new TopicProgress(admin);
    }

    /** Does nothing if its topics are there and its group has read from them. */
    void requireReady() throws IOException {
      progress.beginHere(kafka.alertsTopic());
      if (progress.of(kafka.groupId(), kafka.eventsTopic()).records() == 0) {
        throw new IOException(
            "group %s has committed nothing of topic %s: does the pipeline run, and are kafka.group-id and kafka.events-topic its own?"
                .formatted(kafka.groupId(), kafka.eventsTopic()));
      }
    }

    void beginHere() throws IOException {
      progress.beginHere(kafka.eventsTopic());
    }

    @Override
    public Progress progress() throws IOException {
      return progress.of(kafka.groupId(), kafka.eventsTopic());
    }

    @Override
    public Set<Long> processes() {
      return Set.of();
    }

    @Override
    public OptionalLong stateBytes() {
      return OptionalLong.empty();
    }

    @Override
    public void requireAlive() {}

    @Override
    public Judgement judge(CommonPart must) {
      throw new UnsupportedOperationException("others may have sent to it too");
    }

    @Override
    public void close() {
      admin.close();
    }
  }
}
