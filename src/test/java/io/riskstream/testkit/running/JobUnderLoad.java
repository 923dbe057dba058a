package io.riskstream.testkit.running;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.ConfigLoader;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.demo.figures.ConsumerProgress;
import io.riskstream.load.LoadPlan;
import io.riskstream.load.LoadResult;
import io.riskstream.load.LoadRunner;
import io.riskstream.load.LoadSettings;
import io.riskstream.load.LoadShares;
import io.riskstream.manifest.Manifest;
import io.riskstream.manifest.ManifestWriter;
import io.riskstream.ops.Verification;
import io.riskstream.ops.VerificationResult.Conclusion;
import io.riskstream.server.EmbeddedKafka;
import io.riskstream.server.EmbeddedRedis;
import io.riskstream.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What a job on a cluster of processes is given and held against: its configuration file, its
 * topics, a load under a manifest, and exact sets once it is drained.
 */
public final class JobUnderLoad {
  private static final int PARTITIONS = 4;

  private final Path folder;
  private final Path file;
  private final RiskstreamConfig config;

  /** Writes the configuration and creates the topics; all files are below the folder. */
  public JobUnderLoad(Path folder, EmbeddedKafka kafka, EmbeddedRedis redis) throws IOException {
    this.folder = folder;
    file =
        Files.writeString(
            folder.resolve("riskstream.yaml"),
            """
            kafka.bootstrap-servers: %s
            hot-store.uri: %s
            lake.path: %s
            time:
              watermark-delay: 2 s
              allowed-lateness: 3 s
              idle-timeout: 30 s
            flink:
              execution.checkpointing.interval: 1 s
              execution.checkpointing.min-pause: 100 ms
            """
                .formatted(kafka.bootstrapServers(), redis.uri(), folder.resolve("lake").toUri()));
    config = ConfigLoader.load(file, Map.of());
    var topics = config.kafka();
    kafka.createTopic(topics.eventsTopic(), PARTITIONS);
    kafka.createTopic(topics.alertsTopic(), 1);
    kafka.createTopic(topics.deadLettersTopic(), 1);
    kafka.createTopic(topics.controlTopic(), 1);
    kafka.createTopic(topics.controlStatusTopic(), 1);
    kafka.createTopic(topics.profilesTopic(), 1);
  }

  /** Returns the path of the configuration, for {@code pipeline --config}. */
  public String file() {
    return file.toString();
  }

  /** Begins to send events, on a thread of its own: the common pool has one on two cores. */
  public CompletableFuture<LoadResult> send(int ratePerSecond, int count) {
    return CompletableFuture.supplyAsync(
        () -> load(ratePerSecond, count), task -> new Thread(task, "load").start());
  }

  private LoadResult load(int ratePerSecond, int count) {
    var topic = config.kafka().eventsTopic();
    var settings =
        new LoadSettings(
            ratePerSecond,
            count,
            300,
            1.0,
            7,
            System.currentTimeMillis(),
            config.time().watermarkDelay(),
            config.time().allowedLateness(),
            LoadShares.DEFAULT);
    try (var producer = LoadRunner.producer(config.kafka().bootstrapServers(), Map.of());
        var manifest = ManifestWriter.create(manifest(), topic, settings.describe())) {
      return new LoadRunner(producer, topic, manifest).run(new LoadPlan(settings));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Waits until the job's checkpoints hold all that was sent. */
  public void awaitTaken() {
    var kafka = config.kafka();
    try (var progress =
        new ConsumerProgress(
            kafka.bootstrapServers(), kafka.eventsTopic(), PARTITIONS, kafka.groupId())) {
      Await.until("everything sent is in a checkpoint", () -> lag(progress) == 0);
    }
  }

  private static long lag(ConsumerProgress progress) {
    try {
      return progress.lag();
    } catch (Exception unanswered) { // the admin client's own kinds, all fatal to the test
      throw new AssertionError(unanswered);
    }
  }

  /** Holds what a drained job has written against what was sent, and returns the figures. */
  public Map<String, Object> assertExact() throws IOException {
    var printed = new ByteArrayOutputStream();
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    var verified = Verification.run(config, Manifest.read(manifest()), out);
    assertThat(verified.conclusion())
        .as(printed.toString(StandardCharsets.UTF_8))
        .isEqualTo(Conclusion.PASS);
    return verified.figures();
  }

  private Path manifest() {
    return folder.resolve("manifest.ndjson");
  }
}
