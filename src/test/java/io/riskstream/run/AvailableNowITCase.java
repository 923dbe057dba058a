package io.riskstream.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.config.ConfigLoader;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.run.AvailableNow.Ending;
import io.riskstream.server.EmbeddedKafka;
import io.riskstream.server.EmbeddedRedis;
import io.riskstream.testkit.Configs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How runs begin and end, on a real broker and a real Redis. */
@Timeout(120)
final class AvailableNowITCase {
  @TempDir private static Path folder;
  private static EmbeddedKafka broker;
  private static EmbeddedRedis redis;

  private final CountDownLatch stop = new CountDownLatch(1);
  private final List<String> lines = new ArrayList<>();

  @BeforeAll
  static void startServers() throws Exception {
    broker = new EmbeddedKafka(folder.resolve("kafka"), 0);
    redis = EmbeddedRedis.start(0);
    broker.createTopic("risk-alerts", 1);
    broker.createTopic("dead-letters", 1);
    broker.createTopic("control", 1);
    broker.createTopic("control-status", 1);
    broker.createTopic("user-profiles", 1);
  }

  @AfterAll
  static void stopServers() {
    redis.close();
    broker.close();
  }

  @Test
  void readsWhatIsThereAndTheNextRunWhatIsNewAndNoneStartsForNothing() throws Exception {
    var config = config("new", Map.of());
    try (var load = load(config, 300)) {
      load.send(100);
      assertThat(run(config, false)).isEqualTo(Ending.READ);
      assertThat(run(config, false)).isEqualTo(Ending.NOTHING_NEW);
      assertThat(lines).last().isEqualTo("nothing new since run 1; its state stays as it is");
      load.send(200);
      assertThat(run(config, false)).isEqualTo(Ending.READ);
      assertThat(lines).anyMatch(line -> line.contains("on from") && line.contains("run-0001"));
      assertThat(runs("new")).containsExactly("run-0001", "run-0002");
    }
  }

  @Test
  void theLastRunMakesEverythingFinalAndNoneFollows() throws Exception {
    var config = config("drained", Map.of());
    try (var load = load(config, 100)) {
      load.send(100);
      assertThat(run(config, false)).isEqualTo(Ending.READ);
      assertThat(run(config, true)).as("though nothing is new").isEqualTo(Ending.READ);
      assertThatThrownBy(() -> run(config, false))
          .isInstanceOf(RunException.class)
          .hasMessageStartingWith("run 2 of")
          .hasMessageContaining("it was drained");
    }
  }

  @Test
  void twoRunsAtOnceAreRefused() throws Exception {
    var config = config("locked", Map.of());
    broker.createTopic("locked", 1);
    try (var other = RunLock.take(config.run().statePath())) {
      assertThatThrownBy(() -> run(config, false))
          .isInstanceOf(RunException.class)
          .hasMessageStartingWith("another run uses run.state-path");
    }
  }

  @Test
  void aRunThatTakesTooLongStopsInOrderAndTheNextGoesOn() throws Exception {
    var slow = config("slow", Map.of("source.rate-limit", "10"));
    try (var load = load(slow, 300)) {
      load.send(300);
      assertThatThrownBy(
              () -> new AvailableNow(slow, false, Duration.ofSeconds(20), stop, lines::add).run())
          .isInstanceOf(RunException.class)
          .hasMessageStartingWith("run 1 has not reached the offsets at its start within 20 s");
      assertThat(run(config("slow", Map.of()), false)).isEqualTo(Ending.READ);
      assertThat(lines).anyMatch(line -> line.contains("run-0001/savepoint"));
    }
  }

  @Test
  void aRunThatHasNoCheckpointInTimeFails() throws Exception {
    // The first checkpoint comes after the pause, not after the interval.
    var config =
        config(
            "late",
            Map.of(
                "flink.execution.checkpointing.interval", "1 h",
                "flink.execution.checkpointing.min-pause", "1 h"));
    try (var load = load(config, 10)) {
      load.send(10);
      assertThatThrownBy(
              () -> new AvailableNow(config, false, Duration.ofSeconds(2), stop, lines::add).run())
          .isInstanceOf(RunException.class)
          .hasMessageStartingWith("run 1 has not completed a checkpoint within 2 s");
    }
  }

  @Test
  void aStateThatSomebodyHasGoneOnFromElsewhereIsRefused() throws Exception {
    var config = config("elsewhere", Map.of());
    try (var load = load(config, 20)) {
      load.send(10);
      assertThat(run(config, false)).isEqualTo(Ending.READ);
      load.send(10);
      long read;
      long end;
      var partition = new TopicPartition("elsewhere", 0);
      try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        read =
            admin
                .listConsumerGroupOffsets("elsewhere")
                .partitionsToOffsetAndMetadata()
                .get()
                .get(partition)
                .offset();
        end =
            admin
                .listOffsets(Map.of(partition, OffsetSpec.latest()))
                .partitionResult(partition)
                .get()
                .offset();
        assertThat(end).isGreaterThan(read);
        admin
            .alterConsumerGroupOffsets("elsewhere", Map.of(partition, new OffsetAndMetadata(end)))
            .all()
            .get();
      }
      assertThatThrownBy(() -> run(config, false))
          .isInstanceOf(RunException.class)
          .hasMessageStartingWith(
              "group elsewhere has read partition 0 of topic elsewhere up to offset " + end)
          .hasMessageContaining("is at " + read + ":")
          .hasMessageContaining("run-0002/savepoint/");
    }
  }

  @Test
  void aRunThatLosesItsLockCancelsItsJob() throws Exception {
    var slow = config("lost", Map.of("source.rate-limit", "20"));
    try (var load = load(slow, 300)) {
      load.send(300);
      assertThatThrownBy(
              () ->
                  new AvailableNow(slow, false, null, stop, lines::add)
                      .run(new RunLock(() -> {}, () -> lines.size() > 0)))
          .isInstanceOf(RunException.class)
          .hasMessageStartingWith("run 1 does not hold the lock")
          .hasNoSuppressedExceptions();
    }
  }

  @Test
  void aRunThatIsToldToStopLeavesItsState() throws Exception {
    var slow = config("told", Map.of("source.rate-limit", "20"));
    try (var load = load(slow, 300)) {
      load.send(300);
      var folders = new RunFolders(slow.run().statePath());
      var telling =
          new Thread(
              () -> {
                io.riskstream.testkit.Await.until("a checkpoint", () -> hasState(folders));
                stop.countDown();
              });
      telling.start();
      assertThat(run(slow, false)).isEqualTo(Ending.STOPPED);
      telling.join();
      assertThat(folders.newest().orElseThrow().stopped()).isTrue();
    }
  }

  @Test
  void aJobThatFailsLeavesWhatItHadAndSaysWhy() throws Exception {
    var config =
        config("failing", Map.of("source.starting-offsets", "0:0")); // and not of partition 1
    try (var load = load(config, 10)) {
      load.send(10);
      assertThatThrownBy(() -> run(config, false))
          .isInstanceOf(RunException.class)
          .hasMessageContaining("the job of run 1 has ended on its own")
          .rootCause()
          .hasMessageContaining("must name every partition");
    }
  }

  @Test
  void aTopicThatWasMadeAnewIsRefused() throws Exception {
    var config = config("anew", Map.of());
    broker.createTopic("anew", 2);
    try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .alterConsumerGroupOffsets(
              "anew", Map.of(new TopicPartition("anew", 1), new OffsetAndMetadata(5)))
          .all()
          .get();
    }
    assertThatThrownBy(() -> run(config, false))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith(
            "group anew has read partition 1 of topic anew up to offset 5, but it ends at 0");
  }

  private static boolean hasState(RunFolders folders) {
    try {
      return folders.hasState(1);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private Ending run(RiskstreamConfig config, boolean drain) throws Exception {
    return new AvailableNow(config, drain, null, stop, lines::add).run();
  }

  private SlicedLoad load(RiskstreamConfig config, int records) throws IOException {
    var topic = config.kafka().eventsTopic();
    broker.createTopic(topic, 2);
    return new SlicedLoad(
        broker.bootstrapServers(), topic, folder.resolve(topic + ".ndjson"), records);
  }

  private static List<String> runs(String name) throws IOException {
    try (var children = Files.list(folder.resolve(name + "-runs"))) {
      return children
          .map(child -> child.getFileName().toString())
          .filter(child -> child.startsWith("run-"))
          .sorted()
          .toList();
    }
  }

  private static RiskstreamConfig config(String name, Map<String, String> further) {
    var keys = new HashMap<String, String>();
    keys.put("kafka.bootstrap-servers", broker.bootstrapServers());
    keys.put("kafka.events-topic", name);
    keys.put("kafka.group-id", name);
    keys.put("kafka.transactional-id-prefix", name);
    keys.put("time.watermark-delay", Configs.TIME.watermarkDelay().toMillis() + " ms");
    keys.put("time.allowed-lateness", Configs.TIME.allowedLateness().toMillis() + " ms");
    keys.put("lake.path", folder.resolve(name + "-lake").toUri().toString());
    keys.put("hot-store.uri", redis.uri().toString());
    keys.put("run.state-path", folder.resolve(name + "-runs").toUri().toString());
    keys.put("flink.execution.checkpointing.interval", "200 ms");
    keys.put("flink.parallelism.default", "2");
    keys.putAll(further);
    return ConfigLoader.load(null, keys);
  }
}
