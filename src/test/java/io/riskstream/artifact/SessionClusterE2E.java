package io.riskstream.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.cluster.ClusterSettings;
import io.riskstream.cluster.JobJarFile;
import io.riskstream.cluster.LocalCluster;
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
import io.riskstream.pipeline.PipelineJob;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job jar on a session cluster of separate processes, from submission to drained stop: the
 * JobManager is killed, and the whole cluster is stopped under the job and started again.
 */
@Timeout(240)
class SessionClusterE2E {
  private static final int PARTITIONS = 4;
  private static final int RATE = 2_000;
  private static final int COUNT = 10_000;

  @TempDir Path folder;

  @Test
  void theJobJarRunsExactlyOnceThoughItsClusterEndsTwice() throws Exception {
    try (var kafka = new EmbeddedKafka(folder.resolve("kafka"), 0);
        var redis = EmbeddedRedis.start(0)) {
      var file = writeConfiguration(kafka.bootstrapServers(), redis.uri().toString());
      var config = ConfigLoader.load(file, Map.of());
      kafka.createTopic(config.kafka().eventsTopic(), PARTITIONS);
      kafka.createTopic(config.kafka().alertsTopic(), 1);
      kafka.createTopic(config.kafka().deadLettersTopic(), 1);
      kafka.createTopic(config.kafka().controlTopic(), 1);
      kafka.createTopic(config.kafka().controlStatusTopic(), 1);
      kafka.createTopic(config.kafka().profilesTopic(), 1);
      var settings = settings();
      try (var cluster = LocalCluster.start(settings)) {
        var flink = new FlinkClient(cluster);
        var job = flink.run(JobJarFile.find(), "pipeline", "--config", file.toString());
        var load = CompletableFuture.supplyAsync(() -> load(config));
        flink.awaitCheckpoint(job);

        cluster.jobManager().kill();
        cluster.startJobManager();
        flink.awaitGoesOn(job);

        assertThat(load.join().isComplete()).isTrue();
        assertTheJarRanWithoutKryo(Files.readAllLines(classLog()));
        cluster.stop();
        try (var next = LocalCluster.start(settings)) {
          var nextFlink = new FlinkClient(next);
          nextFlink.awaitGoesOn(job);
          awaitTaken(config);
          nextFlink.drain(job);
        }
      }
      assertExact(config);
    }
  }

  private ClusterSettings settings() {
    var quick = "-XX:TieredStopAtLevel=1"; // the shorter start outweighs it in so short a run
    return ClusterSettings.attached(folder.resolve("cluster"))
        .withTaskManagers(1, 2)
        .with(
            Map.of(
                "env.java.opts.jobmanager",
                quick,
                "env.java.opts.taskmanager",
                quick + " -Xlog:class+load=info,class+init=info:file=" + classLog(),
                "high-availability.zookeeper.client.session-timeout",
                "3 s"));
  }

  private Path classLog() {
    return folder.resolve("taskmanager.classes");
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
          execution.checkpointing.dir: %s
        """
            .formatted(
                bootstrapServers,
                redis,
                folder.resolve("lake").toUri(),
                folder.resolve("checkpoints").toUri()));
  }

  private LoadResult load(RiskstreamConfig config) {
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
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
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
    for (var kind : List.of("accepted", "duplicate", "late", "dead_lettered", "alerts")) {
      assertThat(((Number) verified.figures().get(kind)).longValue()).as(kind).isPositive();
    }
  }

  /**
   * The JVM logs each class as it loads it, and as it initializes it, which comes before its first
   * object: no serializer of Kryo was ever made.
   */
  private static void assertTheJarRanWithoutKryo(List<String> log) {
    var ours = log.stream().filter(line -> line.contains("] io.riskstream.")).toList();
    assertThat(ours)
        .anyMatch(line -> line.contains(PipelineJob.class.getPackageName() + ".UserRiskFunction "))
        .filteredOn(line -> !line.contains("$$Lambda"))
        .allMatch(line -> line.contains("/blob_p-"), "comes from the jar that was submitted");

    var initialized = log.stream().filter(line -> line.contains(" Initializing '")).toList();
    assertThat(initialized).anyMatch(line -> line.contains("/UserRiskFunction'"));
    assertThat(initialized.stream().filter(line -> line.contains("/KryoSerializer"))).isEmpty();
    assertThat(initialized.stream().filter(line -> line.contains("esotericsoftware"))).isEmpty();
  }

  private Path manifest() {
    return folder.resolve("manifest.ndjson");
  }
}
