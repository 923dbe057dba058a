package io.riskstream.pipeline.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.riskstream.ops.VerificationResult;
import io.riskstream.ops.VerificationResult.Conclusion;
import io.riskstream.pipeline.PipelineJob;
import io.riskstream.server.EmbeddedKafka;
import io.riskstream.server.EmbeddedRedis;
import io.riskstream.testkit.Await;
import io.riskstream.testkit.Configs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the job needs goes away and comes back; judged by exact sets. */
@Timeout(240)
final class OutageITCase {
  private static final int PARTITIONS = 4;
  private static final int RATE = 500;
  private static final int RECORDS = 12_000;

  @TempDir private Path folder;

  private EmbeddedKafka kafka;
  private JobClient job;

  @Test
  void theBrokerIsAwayAndComesBack() throws Exception {
    survives(
        () -> {
          var address = kafka.bootstrapServers().split(":", 2);
          var port = Integer.parseInt(address[1]);
          kafka.close();
          assertThatThrownBy(() -> connect(address[0], port)).isInstanceOf(IOException.class);
          // Long enough that a checkpoint's transactions have to wait for it.
          var abandonedAt = System.nanoTime();
          Await.until(
              "an outage of four checkpoint intervals",
              () -> System.nanoTime() - abandonedAt > TimeUnit.SECONDS.toNanos(4));
          kafka = new EmbeddedKafka(folder.resolve("kafka"), port);
        });
  }

  @Test
  void theLakeIsAwayAndComesBack() throws Exception {
    survives(
        () -> {
          var lake = folder.resolve("lake");
          var elsewhere = folder.resolve("lake-unmounted");
          Files.move(lake, elsewhere);
          Files.createFile(lake); // no folder can be made below it
          Await.until("the job suffers", () -> status() != JobStatus.RUNNING);
          Files.delete(lake);
          Files.move(elsewhere, lake);
        });
  }

  @Test
  void whatKafkaDeletesBeforeItIsReadIsAGapInAccountsAndVerdict() throws Exception {
    var verified =
        survives(
            () -> {
              var overtaken = new TopicPartition("events", fullestPartition());
              try (var admin = admin()) {
                var upTo = RecordsToDelete.beforeOffset(ends(admin).get(overtaken) - 10);
                admin.deleteRecords(Map.of(overtaken, upTo)).all().get(10, TimeUnit.SECONDS);
              }
            },
            Map.of("source.partition-rate-limit", "100", "source.on-lost-offsets", "record-gap"),
            RECORDS / 3);
    assertThat(((Number) verified.figures().get("gaps")).longValue()).isPositive();
    assertThat(verified.figures()).containsEntry("balanced", true).containsEntry("missing", 0L);
  }

  /** Returns the partition of which the job has most left to read. */
  private int fullestPartition() throws Exception {
    try (var admin = admin()) {
      return ends(admin).entrySet().stream()
          .max(Map.Entry.comparingByValue())
          .orElseThrow()
          .getKey()
          .partition();
    }
  }

  private Admin admin() {
    return Admin.create(
        Map.<String, Object>of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
  }

  private static Map<TopicPartition, Long> ends(Admin admin) throws Exception {
    var latest = new HashMap<TopicPartition, OffsetSpec>();
    for (var partition = 0; partition < PARTITIONS; partition++) {
      latest.put(new TopicPartition("events", partition), OffsetSpec.latest());
    }
    var ends = new HashMap<TopicPartition, Long>();
    admin
        .listOffsets(latest)
        .all()
        .get(10, TimeUnit.SECONDS)
        .forEach((partition, found) -> ends.put(partition, found.offset()));
    return ends;
  }

  /** Something that goes away, proven to have been away, and comes back. */
  private interface Outage {
    void happen() throws Exception;
  }

  private VerificationResult survives(Outage outage) throws Exception {
    return survives(outage, Map.of(), RECORDS);
  }

  private VerificationResult survives(Outage outage, Map<String, String> more, int records)
      throws Exception {
    var printed = new ByteArrayOutputStream();
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    kafka = new EmbeddedKafka(folder.resolve("kafka"), 0);
    try (var redis = EmbeddedRedis.start(0)) {
      var config = configure(redis, more);
      kafka.createTopic(config.kafka().eventsTopic(), PARTITIONS);
      kafka.createTopic(config.kafka().alertsTopic(), 1);
      kafka.createTopic(config.kafka().deadLettersTopic(), 1);
      kafka.createTopic(config.kafka().controlTopic(), 1);
      kafka.createTopic(config.kafka().controlStatusTopic(), 1);
      kafka.createTopic(config.kafka().profilesTopic(), 1);
      var environment =
          StreamExecutionEnvironment.getExecutionEnvironment(config.job().flink().clone());
      PipelineJob.define(environment, config);
      job = environment.executeAsync();
      Await.until("the job runs", () -> status() == JobStatus.RUNNING);
      send(config, outage, records);
      awaitAllRead(config);
      job.stopWithSavepoint(
              true, folder.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
          .get(60, TimeUnit.SECONDS);
      job.getJobExecutionResult().get(60, TimeUnit.SECONDS);
      job = null;
      var manifest = Manifest.read(folder.resolve("manifest.ndjson"));
      var verified = Verification.run(config, manifest, out);
      assertThat(verified.conclusion())
          .as(printed.toString(StandardCharsets.UTF_8))
          .isEqualTo(Conclusion.PASS);
      return verified;
    } finally {
      try {
        if (job != null) {
          job.cancel().get(30, TimeUnit.SECONDS);
        }
      } finally {
        kafka.close();
      }
    }
  }

  private void send(RiskstreamConfig config, Outage outage, int records) throws Exception {
    var settings =
        new LoadSettings(
            RATE,
            records,
            200,
            1.0,
            5,
            System.currentTimeMillis(),
            Configs.TIME.watermarkDelay(),
            Configs.TIME.allowedLateness(),
            LoadShares.DEFAULT);
    var topic = config.kafka().eventsTopic();
    try (var manifest =
            ManifestWriter.create(folder.resolve("manifest.ndjson"), topic, settings.describe());
        var producer = LoadRunner.producer(kafka.bootstrapServers(), Map.of())) {
      var runner = new LoadRunner(producer, topic, manifest);
      CompletableFuture<LoadResult> sent =
          CompletableFuture.supplyAsync(
              () -> run(runner, settings), task -> new Thread(task, "load").start());
      Await.until("some load", () -> runner.progress().acknowledged() > records / 2);
      var before = runner.progress().acknowledged();
      outage.happen();
      var result = sent.get(120, TimeUnit.SECONDS);
      assertThat(result.isComplete()).as("all was acknowledged").isTrue();
      assertThat(result.acknowledged()).as("load went on").isGreaterThan(before);
    }
  }

  private static LoadResult run(LoadRunner runner, LoadSettings settings) {
    try {
      return runner.run(new LoadPlan(settings));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void awaitAllRead(RiskstreamConfig config) throws Exception {
    var topic = config.kafka().eventsTopic();
    try (var progress =
        new ConsumerProgress(
            kafka.bootstrapServers(), topic, PARTITIONS, config.kafka().groupId())) {
      Await.until(
          "everything is read",
          () -> {
            try {
              return progress.lag() == 0;
            } catch (Exception notYet) {
              throw new IllegalStateException(notYet);
            }
          });
    }
  }

  private JobStatus status() {
    try {
      return job.getJobStatus().get(10, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private RiskstreamConfig configure(EmbeddedRedis redis, Map<String, String> more) {
    var keys = new HashMap<>(more);
    keys.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    keys.put("hot-store.uri", redis.uri().toString());
    keys.put("lake.path", folder.resolve("lake").toUri().toString());
    keys.put("time.watermark-delay", Configs.TIME.watermarkDelay().toMillis() + " ms");
    keys.put("time.allowed-lateness", Configs.TIME.allowedLateness().toMillis() + " ms");
    keys.put("flink.parallelism.default", "2");
    keys.put("flink.execution.checkpointing.interval", "1 s");
    keys.put("flink.execution.checkpointing.dir", folder.resolve("checkpoints").toUri().toString());
    keys.put("flink.restart-strategy.type", "exponential-delay");
    keys.put("flink.restart-strategy.exponential-delay.initial-backoff", "200 ms");
    keys.put("flink.restart-strategy.exponential-delay.max-backoff", "1 s");
    return ConfigLoader.load(null, keys);
  }

  private static void connect(String host, int port) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), 1_000);
    }
  }
}
