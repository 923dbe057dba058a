package io.riskstream.sink.hotstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.testkit.Await;
import io.riskstream.testkit.RecordedLog;
import io.riskstream.testkit.Snapshots;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.params.ClientKillParams;

/**
 * A Redis that refuses, after it was well, what somebody has to mend: the job goes on meanwhile.
 */
@Timeout(60)
class HotStoreTroubleITCase {
  private static final int RETRIES = 3;

  private HotStoreFixture store;
  private RecordedLog log;

  @BeforeEach
  void startRedis() throws IOException {
    store = new HotStoreFixture();
    store.ask(jedis -> jedis.aclSetUser("writer", "on", ">s3cret", "~*", "+@all"));
    log = RecordedLog.of(HotStoreLoop.class);
  }

  @AfterEach
  void stopRedis() {
    log.close();
    store.close();
  }

  @Test
  void waitsForAPermissionThatIsTakenAwayAndSaysSoOnce() throws Exception {
    try (var writer = startedWell()) {
      store.ask(jedis -> jedis.aclSetUser("writer", "-evalsha"));
      writer.write(Snapshots.of("anna", 2));
      awaitRefusals();
      writer.checkpoint();
      assertThat(writer.metrics().gauge("hotStoreDegraded")).isEqualTo(1);
      assertThat(writer.state()).containsExactly(Snapshots.of("anna", 2));
      assertThat(log.errors())
          .singleElement()
          .asString()
          .contains("NOPERM", "EVALSHA, SCRIPT LOAD", "127.0.0.1:" + store.redis.port());
      store.ask(jedis -> jedis.aclSetUser("writer", "+evalsha"));
      writer.awaitRecovered();
      writer.endInput();
    }
    assertThat(store.hash("anna")).containsEntry("total_events", "1002");
  }

  @Test
  void waitsForAPasswordThatWasChanged() throws Exception {
    try (var writer = startedWell()) {
      store.ask(jedis -> jedis.aclSetUser("writer", "resetpass", ">other"));
      store.ask(jedis -> jedis.clientKill(new ClientKillParams().user("writer")));
      writer.write(Snapshots.of("anna", 2));
      awaitRefusals();
      writer.checkpoint();
      assertThat(writer.metrics().gauge("hotStoreDegraded")).isEqualTo(1);
      assertThat(log.errors())
          .filteredOn(line -> line.contains("WRONGPASS"))
          .singleElement()
          .asString()
          .contains("correct user and password in hot-store.uri")
          .doesNotContain("s3cret");
      store.ask(jedis -> jedis.aclSetUser("writer", ">s3cret"));
      writer.awaitRecovered();
      writer.endInput();
    }
    assertThat(store.hash("anna")).containsEntry("total_events", "1002");
  }

  @Test
  void saysTheTroubleAgainWhenItComesAgain() throws Exception {
    try (var writer = startedWell()) {
      for (var time = 2; time <= 3; time++) {
        store.ask(jedis -> jedis.aclSetUser("writer", "-evalsha"));
        writer.write(Snapshots.of("anna", time));
        writer.awaitDegraded();
        store.ask(jedis -> jedis.aclSetUser("writer", "+evalsha"));
        writer.awaitRecovered();
      }
    }
    assertThat(log.errors()).hasSize(2);
  }

  @Test
  void failsIfTheTroubleLastsBeyondTheEndOfInput() throws Exception {
    var uri = "redis://writer:s3cret@127.0.0.1:" + store.redis.port();
    try (var writer = store.start(store.config(uri, 10, Duration.ofMillis(200)), List.of())) {
      writer.write(Snapshots.of("anna", 1));
      writer.checkpoint();
      store.ask(jedis -> jedis.aclSetUser("writer", "-evalsha"));
      writer.write(Snapshots.of("anna", 2));
      writer.awaitDegraded();
      assertThatThrownBy(writer::endInput)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("1 updates within 200 ms")
          .hasMessageContaining("NOPERM");
    }
  }

  @Test
  void dropsOnlyTheSnapshotsWhoseKeysHoldSomethingElse() throws Exception {
    store.ask(jedis -> jedis.mset("risk:user:{bert}", "a text", "risk:user:{carl}", "another"));
    try (var writer = startedWell()) {
      writeInOneBatch(writer, "anna", "bert", "carl", "dora");
      writer.checkpoint();
      assertThat(writer.state()).isEmpty();
      assertThat(writer.metrics().count("hotStoreRejected")).isEqualTo(2);
      assertThat(writer.metrics().gauge("hotStoreDegraded")).isZero();
      assertThat(log.errors())
          .filteredOn(line -> line.contains("WRONGTYPE"))
          .singleElement()
          .asString()
          .contains("dropped 2 updates", "risk:user:{bert}", "delete it");
      assertThat(store.hash("anna")).containsEntry("total_events", "1002");
      assertThat(store.hash("dora")).containsEntry("total_events", "1002");
      store.ask(jedis -> jedis.del("risk:user:{bert}"));
      writer.write(Snapshots.of("bert", 3));
      writer.endInput();
    }
    assertThat(store.hash("bert")).containsEntry("total_events", "1003");
    String carl = store.ask(jedis -> jedis.get("risk:user:{carl}"));
    assertThat(carl).isEqualTo("another");
  }

  @Test
  void startsEvenIfTheKeyItTriesItsPermissionsOnHoldsSomethingElse() throws Exception {
    store.ask(jedis -> jedis.set("risk:user:{}", "a text"));
    try (var writer = startedWell()) {
      assertThat(writer.metrics().count("hotStoreRejected")).isZero();
    }
  }

  @Test
  void leavesNothingBehindWhenItTriesItsPermissions() throws Exception {
    try (var writer = startedWell()) {
      Set<String> keys = store.ask(jedis -> jedis.keys("*"));
      assertThat(keys)
          .containsExactlyInAnyOrder(
              "risk:user:{anna}", "risk:pipeline", "{risk:pipeline}:writers");
    }
  }

  private HotStoreFixture.Writer startedWell() throws Exception {
    var writer = store.startAs("writer:s3cret");
    writer.write(Snapshots.of("anna", 1));
    writer.checkpoint();
    assertThat(writer.state()).isEmpty();
    return writer;
  }

  /** While a first write gets no answer, the others gather. */
  private void writeInOneBatch(HotStoreFixture.Writer writer, String... users) throws Exception {
    store.redis.pause();
    writer.write(Snapshots.of("zoe", 1));
    Await.until("the writing thread waits for Redis", store::isWriting);
    for (var user : users) {
      writer.write(Snapshots.of(user, 2));
    }
    store.redis.resume();
    Await.until("all are written", () -> writer.metrics().gauge("hotStorePending") == 0);
  }

  /** Redis keeps count of what it denied. */
  private void awaitRefusals() {
    Await.until(
        "Redis refused again and again",
        () ->
            store.ask(jedis -> jedis.aclLog()).stream()
                .anyMatch(denied -> denied.getCount() >= RETRIES));
  }
}
