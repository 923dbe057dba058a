package io.riskstream.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.ConfigLoader;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.manifest.Manifest;
import io.riskstream.ops.Verification;
import io.riskstream.ops.VerificationResult.Conclusion;
import io.riskstream.pipeline.PipelineJob;
import io.riskstream.server.EmbeddedKafka;
import io.riskstream.server.EmbeddedRedis;
import io.riskstream.testkit.Await;
import io.riskstream.testkit.Configs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several available-now runs over a growing topic, each a process of its own, one of them killed in
 * the middle, leave what one run leaves that never stopped: lake, ledger and Redis, row by row.
 */
@Timeout(300)
final class AvailableNowE2E {
  private static final String TOPIC = "events";
  private static final int PARTITIONS = 2;
  private static final int RUNS = Integer.getInteger("riskstream.test.runs", 6);
  private static final int KILLED = Math.min(4, RUNS - 2);
  private static final int SLICE = 600;

  @TempDir private Path folder;
  private EmbeddedKafka broker;

  @Test
  void manyRunsLeaveWhatOneContinuousRunLeaves() throws Exception {
    try (var kafka = new EmbeddedKafka(folder.resolve("kafka"), 0);
        var redis = EmbeddedRedis.start(0);
        var otherRedis = EmbeddedRedis.start(0)) {
      broker = kafka;
      kafka.createTopic(TOPIC, PARTITIONS);
      var many = keys("many", redis);
      var one = keys("one", otherRedis);
      var manifest = folder.resolve("manifest.ndjson");
      try (var load = new SlicedLoad(broker.bootstrapServers(), TOPIC, manifest, RUNS * SLICE)) {
        var continuous = startContinuous(one);
        for (var run = 1; run <= RUNS; run++) {
          load.send(SLICE);
          run(run, many);
        }
        drain(continuous);
      }

      var manyConfig = ConfigLoader.load(null, many);
      var oneConfig = ConfigLoader.load(null, one);
      assertThat(WrittenResults.rows(manyConfig, "events"))
          .isEqualTo(WrittenResults.rows(oneConfig, "events"))
          .hasSizeGreaterThan(RUNS * SLICE / 2);
      assertThat(WrittenResults.rows(manyConfig, "ledger"))
          .isEqualTo(WrittenResults.rows(oneConfig, "ledger"))
          .isNotEmpty();
      assertThat(WrittenResults.users(manyConfig))
          .isEqualTo(WrittenResults.users(oneConfig))
          .isNotEmpty();
      verify(oneConfig, manifest);
      verify(manyConfig, manifest);
    }
  }

  private void run(int run, Map<String, String> keys) throws Exception {
    if (run == KILLED) {
      kill(run, keys);
      return;
    }
    var arguments =
        run == RUNS
            ? new String[] {"--mode", "available-now", "--drain"}
            : new String[] {"--mode", "available-now"};
    try (var process = start(run, keys, arguments)) {
      assertThat(process.awaitExit()).as(process.output()).isZero();
      var from = run == KILLED + 1 ? "run-%04d/checkpoints/" : "run-%04d/savepoint/";
      if (run > 1) {
        assertThat(process.output()).contains("on from").contains(from.formatted(run - 1));
      }
      assertThat(process.output()).contains("run " + run + " ended").contains("(READ)");
    }
  }

  /**
   * In the middle: some of this run's records are committed, some are not read, and a transaction
   * is open that nobody will end.
   */
  private void kill(int run, Map<String, String> keys) throws Exception {
    var slowly = new HashMap<>(keys);
    slowly.put("source.partition-rate-limit", Integer.toString(SLICE / PARTITIONS / 6));
    var config = ConfigLoader.load(null, keys);
    var folders = new RunFolders(config.run().statePath());
    try (var progress = new GroupProgress(config.kafka(), config.kafka().eventsTopic());
        var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      var targets = progress.ends();
      var before = progress.committed();
      try (var process = start(run, slowly, "--mode", "available-now")) {
        Await.until("the job runs", () -> !process.isAlive() || hasState(folders, run));
        Await.until(
            "some of the run is committed", () -> !process.isAlive() || !isEqual(progress, before));
        Await.until(
            "a transaction is open", () -> !process.isAlive() || hasOpenTransaction(admin, "many"));
        assertThat(process.kill()).as(process.output()).isEqualTo(128 + 9);
      }
      assertThat(progress.committed()).as("read when killed").isNotEqualTo(before);
      assertThat(progress.behind(targets)).as("not read when killed").isNotEmpty();
      assertThat(hasOpenTransaction(admin, "many")).as("open when killed").isTrue();
    }
  }

  private static boolean hasState(RunFolders folders, int run) {
    try {
      return folders.hasState(run);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private static boolean isEqual(GroupProgress progress, Map<Integer, Long> committed) {
    try {
      return progress.committed().equals(committed);
    } catch (RunException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  private static boolean hasOpenTransaction(Admin admin, String prefix) {
    try {
      var open = Set.of(TransactionState.ONGOING);
      return admin
          .listTransactions(new ListTransactionsOptions().filterStates(open))
          .all()
          .get()
          .stream()
          .anyMatch(transaction -> transaction.transactionalId().startsWith(prefix));
    } catch (ExecutionException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  private PipelineProcess start(int run, Map<String, String> keys, String... arguments)
      throws IOException {
    var home = Files.createDirectories(folder.resolve("home"));
    return PipelineProcess.start(home, folder.resolve("run-" + run + ".log"), keys, arguments);
  }

  private static JobClient startContinuous(Map<String, String> keys) throws Exception {
    var config = ConfigLoader.load(null, keys);
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    PipelineJob.define(environment, config);
    return environment.executeAsync("continuous");
  }

  private void drain(JobClient continuous) throws Exception {
    var config = ConfigLoader.load(null, keysOfGroup("one"));
    try (var progress = new GroupProgress(config.kafka(), config.kafka().eventsTopic())) {
      var ends = progress.ends();
      Await.until("the continuous run has read all", () -> isRead(progress, ends));
    }
    var savepoint = folder.resolve("one-savepoint").toUri().toString();
    continuous
        .stopWithSavepoint(true, savepoint, SavepointFormatType.CANONICAL)
        .get(60, TimeUnit.SECONDS);
    continuous.getJobExecutionResult().get(60, TimeUnit.SECONDS);
  }

  private static boolean isRead(GroupProgress progress, Map<Integer, Long> ends) {
    try {
      return progress.behind(ends).isEmpty();
    } catch (RunException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  private static void verify(RiskstreamConfig config, Path manifest) throws Exception {
    var printed = new ByteArrayOutputStream();
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    var result = Verification.run(config, Manifest.read(manifest), out);
    assertThat(result.conclusion())
        .as(printed.toString(StandardCharsets.UTF_8))
        .isEqualTo(Conclusion.PASS);
    assertThat(((Number) result.figures().get("alerts")).longValue()).isPositive();
  }

  private Map<String, String> keys(String name, EmbeddedRedis redis) throws IOException {
    broker.createTopic(name + "-alerts", 1);
    broker.createTopic(name + "-dead-letters", 1);
    broker.createTopic(name + "-control", 1);
    broker.createTopic(name + "-control-status", 1);
    broker.createTopic(name + "-profiles", 1);
    var keys = keysOfGroup(name);
    keys.put("hot-store.uri", redis.uri().toString());
    return keys;
  }

  private Map<String, String> keysOfGroup(String name) {
    var keys = new HashMap<String, String>();
    keys.put("kafka.bootstrap-servers", broker.bootstrapServers());
    keys.put("kafka.events-topic", TOPIC);
    keys.put("kafka.alerts-topic", name + "-alerts");
    keys.put("kafka.dead-letters-topic", name + "-dead-letters");
    keys.put("kafka.control-topic", name + "-control");
    keys.put("kafka.control-status-topic", name + "-control-status");
    keys.put("kafka.profiles-topic", name + "-profiles");
    keys.put("kafka.group-id", name);
    keys.put("kafka.transactional-id-prefix", name);
    keys.put("time.watermark-delay", Configs.TIME.watermarkDelay().toMillis() + " ms");
    keys.put("time.allowed-lateness", Configs.TIME.allowedLateness().toMillis() + " ms");
    keys.put("lake.path", folder.resolve(name + "-lake").toUri().toString());
    keys.put("hot-store.uri", "redis://127.0.0.1:1");
    keys.put("run.state-path", folder.resolve(name + "-runs").toUri().toString());
    keys.put("flink.parallelism.default", "2");
    keys.put("flink.state.backend.type", "rocksdb");
    keys.put("flink.execution.checkpointing.incremental", "true");
    keys.put("flink.execution.checkpointing.interval", "300 ms");
    keys.put("flink.execution.checkpointing.dir", folder.resolve(name + "-cp").toUri().toString());
    keys.put("flink.taskmanager.memory.managed.size", "128m");
    return keys;
  }
}
