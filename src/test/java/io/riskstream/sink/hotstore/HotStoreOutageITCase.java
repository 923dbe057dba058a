package io.riskstream.sink.hotstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.model.UserSnapshot;
import io.riskstream.testkit.Await;
import io.riskstream.testkit.RecordedLog;
import io.riskstream.testkit.Snapshots;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Writes to a Redis that is away, silent or in trouble. Every flush may take for ever by its
 * configuration, so a test that ends shows that no checkpoint waited for a Redis in trouble.
 */
@Timeout(60)
class HotStoreOutageITCase {
  private HotStoreFixture store;

  @BeforeEach
  void startRedis() throws IOException {
    store = new HotStoreFixture();
  }

  @AfterEach
  void stopRedis() {
    store.close();
  }

  @Test
  void bringsEverythingNewAfterACrash() throws Exception {
    try (var writer = store.start()) {
      writer.write(users(0, 100, 1));
      writer.checkpoint();
      store.redis.crash();
      for (var round = 2; round <= 50; round++) {
        writer.write(users(0, 200, round));
        writer.checkpoint();
      }
      writer.awaitDegraded();
      assertThat(writer.metrics().gauge("hotStorePending")).isEqualTo(200);
      store.redis.startAgain();
      writer.awaitRecovered();
      writer.write(users(150, 250, 51));
      writer.checkpoint();
    }
    assertThat(store.users()).isEqualTo(250);
    assertThat(store.hash("user-0")).containsEntry("total_events", "1050");
    assertThat(store.hash("user-199")).containsEntry("total_events", "1051");
  }

  @Test
  void writesWhileRedisCrashesAndComesBackAgainAndAgain() throws Exception {
    try (var writer = store.start()) {
      var writes = CompletableFuture.runAsync(() -> writeRounds(writer, 300));
      for (var crash = 0; crash < 3; crash++) {
        store.redis.crash();
        store.redis.startAgain();
      }
      writes.get();
      writer.write(users(0, 100, 1_000));
      Await.until("all is written", () -> writer.metrics().gauge("hotStorePending") == 0);
      assertThat(writer.state()).isEmpty();
    }
    for (var user = 0; user < 100; user++) {
      assertThat(store.hash("user-" + user)).containsEntry("total_events", "2000");
    }
  }

  @Test
  void noticesByItselfThatRedisWentAndCame() throws Exception {
    store.redis.crash();
    try (var writer = store.start()) {
      writer.awaitDegraded();
      store.redis.startAgain();
      writer.awaitRecovered();
    }
  }

  @Test
  void doesNotHoldUpCheckpointsForARedisThatIsSilent() throws Exception {
    try (var writer = store.start()) {
      writer.checkpoint();
      store.redis.pause();
      writer.write(Snapshots.of("anna", 1));
      writer.checkpoint();
      writer.checkpoint();
      assertThat(writer.state()).containsExactly(Snapshots.of("anna", 1));
      store.redis.resume();
      writer.endInput();
    }
    assertThat(store.hash("anna")).isNotEmpty();
  }

  /** Without the abort, the thread would wait for an answer for as long as the test may take. */
  @Test
  void closesWithoutWaitingForTheAnswerOfARedisThatIsSilent() throws Exception {
    try (var log = RecordedLog.of(HotStoreLoop.class)) {
      var writer = store.startWithPatience(Duration.ofMinutes(10));
      writer.write(Snapshots.of("anna", 1));
      writer.checkpoint();
      store.redis.pause();
      writer.write(Snapshots.of("anna", 2));
      Await.until("the writing thread waits for Redis", store::isWriting);
      writer.close();
      Await.until("the writing thread has ended", () -> !store.isWriting());
      assertThat(log.errors()).isEmpty();
    }
  }

  @Test
  void keepsWhatIsUnwrittenOverARestore() throws Exception {
    List<UpdateChunk> state;
    store.redis.crash();
    try (var writer = store.start()) {
      writer.awaitDegraded();
      writer.write(users(0, 1_200, 1));
      writer.write(users(0, 600, 2));
      writer.checkpoint();
      state = writer.sink().snapshotState(1);
    }
    store.redis.startAgain();
    try (var writer = store.start(store.config(), state)) {
      writer.endInput();
      assertThat(writer.metrics().count("hotStoreWritten")).isEqualTo(1_200);
    }
    assertThat(store.hash("user-599")).containsEntry("total_events", "1002");
    assertThat(store.hash("user-1199")).containsEntry("total_events", "1001");
  }

  @Test
  void dropsAndCountsFurtherUsersWhenItsBufferIsFull() throws Exception {
    store.redis.crash();
    try (var writer =
        store.start(
            store.config(store.redis.uri().toString(), 2, HotStoreFixture.FOR_EVER), List.of())) {
      writer.awaitDegraded();
      writer.write(Snapshots.of("anna", 1), Snapshots.of("bert", 1), Snapshots.of("carl", 1));
      writer.write(Snapshots.of("anna", 2), Snapshots.of("carl", 2));
      assertThat(writer.metrics().count("hotStoreDropped")).isEqualTo(2);
      store.redis.startAgain();
      assertThatThrownBy(writer::endInput).hasMessageContaining("lacks users since");
      assertThat(writer.metrics().gauge("hotStoreDegraded")).isEqualTo(1);
    }
    assertThat(store.hash("anna")).containsEntry("total_events", "1002");
    assertThat(store.hash("bert")).isNotEmpty();
    assertThat(store.hash("carl")).isEmpty();
  }

  @Test
  void failsLoudlyIfTheEndOfInputCannotBeWritten() throws Exception {
    store.redis.crash();
    var uri = "redis://:s3cret@127.0.0.1:" + store.redis.port();
    try (var writer = store.start(store.config(uri, 10, Duration.ofMillis(200)), List.of())) {
      writer.write(Snapshots.of("anna", 1));
      writer.awaitDegraded();
      assertThatThrownBy(writer::endInput)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("redis://127.0.0.1:" + store.redis.port())
          .hasMessageContaining("1 updates within 200 ms")
          .hasMessageContaining("hot-store.drain-timeout")
          .hasMessageNotContaining("s3cret");
    }
  }

  @Test
  void waitsUntilRedisHasMemoryAgain() throws Exception {
    try (var writer = store.start()) {
      store.ask(jedis -> jedis.configSet("maxmemory", "1"));
      writeInTrouble(writer);
      store.ask(jedis -> jedis.configSet("maxmemory", "0"));
      writer.endInput();
    }
    assertThat(store.hash("anna")).isNotEmpty();
  }

  @Test
  void waitsUntilRedisIsNoReplicaAnyMore() throws Exception {
    try (var writer = store.start()) {
      store.ask(jedis -> jedis.replicaof("127.0.0.1", 1));
      writeInTrouble(writer);
      store.ask(jedis -> jedis.replicaofNoOne());
      writer.endInput();
    }
    assertThat(store.hash("anna")).isNotEmpty();
  }

  /** A name may lead to another server by then. */
  @Test
  void connectsAnewAfterRedisHasRefusedToWrite() throws Exception {
    try (var writer = store.start()) {
      writer.write(Snapshots.of("anna", 1));
      writer.checkpoint();
      var before = store.clients();
      store.ask(jedis -> jedis.replicaof("127.0.0.1", 1));
      writeInTrouble(writer);
      store.ask(jedis -> jedis.replicaofNoOne());
      writer.endInput();
      assertThat(before).hasSize(1);
      assertThat(store.clients()).hasSize(1).doesNotContainAnyElementsOf(before);
    }
  }

  @Test
  void waitsUntilAnotherScriptLeavesRedisAlone() throws Exception {
    store.ask(jedis -> jedis.configSet("lua-time-limit", "10"));
    try (var writer = store.start()) {
      writer.checkpoint();
      var other = CompletableFuture.runAsync(this::runEndlessScript);
      writeInTrouble(writer);
      store.ask(jedis -> jedis.scriptKill());
      writer.endInput();
      other.get();
    }
    assertThat(store.hash("anna")).isNotEmpty();
  }

  private void writeInTrouble(HotStoreFixture.Writer writer) throws Exception {
    while (writer.metrics().gauge("hotStoreDegraded") == 0) {
      writer.write(Snapshots.of("anna", 1));
      writer.checkpoint();
    }
    writer.write(Snapshots.of("anna", 2));
    writer.checkpoint();
    assertThat(writer.state()).containsExactly(Snapshots.of("anna", 2));
  }

  private void runEndlessScript() {
    try {
      store.ask(jedis -> jedis.eval("while true do end"));
    } catch (JedisDataException killed) {
      assertThat(killed).hasMessageContaining("killed");
    }
  }

  private static void writeRounds(HotStoreFixture.Writer writer, int rounds) {
    try {
      for (var round = 1; round <= rounds; round++) {
        writer.write(users(0, 100, round));
        writer.checkpoint();
      }
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static UserSnapshot[] users(int from, int to, long routed) {
    return IntStream.range(from, to)
        .mapToObj(user -> Snapshots.of("user-" + user, routed))
        .toArray(UserSnapshot[]::new);
  }
}
