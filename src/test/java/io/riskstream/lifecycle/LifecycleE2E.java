package io.riskstream.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.chaos.mutant.PatchedJar;
import io.riskstream.chaos.mutant.Patches;
import io.riskstream.cluster.ClusterSettings;
import io.riskstream.cluster.FlinkJars;
import io.riskstream.cluster.JobJarFile;
import io.riskstream.cluster.LocalCluster;
import io.riskstream.config.ConfigLoader;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.demo.figures.ConsumerProgress;
import io.riskstream.lifecycle.cluster.FlinkCluster;
import io.riskstream.lifecycle.program.JobJar;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of the job on a cluster of separate processes, under load from its submission to its
 * drained stop: whatever is done to it, each record is there once.
 */
@Timeout(300)
class LifecycleE2E {
  private static final int PARTITIONS = 4;
  private static final int RATE = 500;
  private static final int COUNT = 20_000;
  private static final Map<String, String> QUICK =
      Map.of(
          "env.java.opts.jobmanager", "-XX:TieredStopAtLevel=1",
          "env.java.opts.taskmanager", "-XX:TieredStopAtLevel=1",
          "restart-strategy.exponential-delay.initial-backoff", "500 ms");

  @TempDir Path folder;

  @Test
  void whateverIsDoneToTheJobEachRecordIsThereOnce() throws Exception {
    var sending = Executors.newSingleThreadExecutor();
    try (var kafka = new EmbeddedKafka(folder.resolve("kafka"), 0);
        var redis = EmbeddedRedis.start(0)) {
      var file = writeConfiguration(kafka.bootstrapServers(), redis.uri().toString());
      var config = ConfigLoader.load(file, Map.of());
      createTopics(kafka, config);
      var flink = FlinkJars.find();
      var jar = JobJarFile.find();
      var broken = broken(jar, flink);
      try (var cluster =
          LocalCluster.start(
              ClusterSettings.attached(folder.resolve("flink"))
                  .withTaskManagers(1, 2)
                  .with(QUICK))) {
        var load = sending.submit(() -> load(config));
        var job = live(cluster, file, new JobJar(jar, flink), new JobJar(broken, flink));
        assertThat(load.get(2, TimeUnit.MINUTES).isComplete()).isTrue();
        awaitTaken(config);
        var lifecycle = lifecycle(cluster);
        assertThat(lifecycle.stop(job, true)).contains("savepoint-");
        assertThat(lifecycle.status(job).state().hasEnded()).isTrue();
      }
      assertExact(config);
    } finally {
      sending.shutdownNow();
    }
  }

  private String live(LocalCluster cluster, Path file, JobJar jar, JobJar broken) throws Exception {
    var lifecycle = lifecycle(cluster);
    var arguments = List.of("pipeline", "--config", file.toString());
    var first = lifecycle.submit(jar, arguments, null, 2);
    assertThat(lifecycle.status(null).id()).isEqualTo(first);
    assertThat(lifecycle.status(null).parallelism()).isEqualTo(2);
    assertThatThrownBy(() -> lifecycle.submit(jar, arguments, null, 1))
        .hasMessageContainingAll(first, "already", "upgrade");
    assertThatThrownBy(() -> lifecycle.rescale(null, 3, jar.flinkJars()))
        .hasMessageContaining("TaskManagers");

    var rescaled = lifecycle.rescale(null, 1, jar.flinkJars());
    assertThat(rescaled.returned()).isEmpty();
    assertThat(lifecycle.status(rescaled.job()).parallelism()).isEqualTo(1);
    assertThat(rescaled.downtime()).isPositive().isLessThanOrEqualTo(rescaled.untilCheckpoint());

    var upgraded = lifecycle.upgrade(null, UpgradeTarget.of(broken));
    assertThat(upgraded.returned()).get().asString().contains("this version is broken");
    assertThat(lifecycle.status(null).id()).isEqualTo(upgraded.job()).isNotEqualTo(rescaled.job());
    assertThat(lifecycle.unfinished()).isEmpty();
    return upgraded.job();
  }

  private Lifecycle lifecycle(LocalCluster cluster) throws Exception {
    return new Lifecycle(
        FlinkCluster.at(cluster.restAddress()),
        folder.resolve("deployments"),
        Duration.ofSeconds(90),
        line -> System.out.println(line));
  }

  private Path broken(Path jar, List<Path> flink) throws Exception {
    return PatchedJar.make(
        Patches.version("broken-at-start"),
        Path.of("").toAbsolutePath(),
        jar,
        flink,
        folder.resolve("broken.jar"));
  }

  private Path writeConfiguration(String bootstrapServers, String redis) throws IOException {
    return Files.writeString(
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
            .formatted(bootstrapServers, redis, folder.resolve("lake").toUri()));
  }

  private static void createTopics(EmbeddedKafka kafka, RiskstreamConfig config)
      throws IOException {
    kafka.createTopic(config.kafka().eventsTopic(), PARTITIONS);
    for (var topic :
        List.of(
            config.kafka().alertsTopic(),
            config.kafka().deadLettersTopic(),
            config.kafka().controlTopic(),
            config.kafka().controlStatusTopic(),
            config.kafka().profilesTopic())) {
      kafka.createTopic(topic, 1);
    }
  }

  private LoadResult load(RiskstreamConfig config) throws IOException {
    var topic = config.kafka().eventsTopic();
    var settings =
        new LoadSettings(
            RATE,
            COUNT,
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
    }
  }

  private static void awaitTaken(RiskstreamConfig config) {
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

  private void assertExact(RiskstreamConfig config) throws IOException {
    var printed = new ByteArrayOutputStream();
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    var verified = Verification.run(config, Manifest.read(manifest()), out);
    assertThat(verified.conclusion())
        .as(printed.toString(StandardCharsets.UTF_8))
        .isEqualTo(Conclusion.PASS);
  }

  private Path manifest() {
    return folder.resolve("manifest.ndjson");
  }
}
