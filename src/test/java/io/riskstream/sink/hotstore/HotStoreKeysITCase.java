package io.riskstream.sink.hotstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.HotStoreConfig;
import io.riskstream.model.HotAlert;
import io.riskstream.model.HotUpdate;
import io.riskstream.model.RebuildMark;
import io.riskstream.model.SnapshotVersion;
import io.riskstream.model.UserSnapshot;
import io.riskstream.testkit.Await;
import io.riskstream.testkit.FakeWriterContext;
import io.riskstream.testkit.Snapshots;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.Watermark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The keys beside the users' hashes, in a real Redis: the top, the alerts, the pipeline. */
@Timeout(60)
class HotStoreKeysITCase {
  private static final long NOON = 1_767_268_800_000L;
  private static final Duration RETENTION = Duration.ofHours(1);

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
  void theTopHoldsTheUsersWhoseLevelIsHighWithTheirScores() throws Exception {
    try (var writer = store.start()) {
      writer.write(user("anna", 1, 850_000), user("bert", 1, 300_000), user("carl", 1, 1_000_000));
      writer.checkpoint();
      assertThat(top()).isEqualTo(Map.of("anna", 0.85, "carl", 1.0));
      writer.write(user("anna", 2, 900_000), user("carl", 2, 750_000));
      writer.checkpoint();
      assertThat(top()).isEqualTo(Map.of("anna", 0.9));
    }
  }

  @Test
  void theTopIsExactUnderReplaysAndWritersThatAreLongDead() throws Exception {
    var random = new Random(11);
    var updates = new ArrayList<UserSnapshot>();
    for (var user = 0; user < 40; user++) {
      for (var routed = 1; routed <= 30; routed++) {
        updates.add(user("user-" + user, routed, 100_000 * random.nextInt(11)));
      }
    }
    var newest = new TreeMap<String, Double>();
    updates.stream()
        .filter(user -> user.version().routed() == 30 && user.level().equals("high"))
        .forEach(user -> newest.put(user.userId(), user.scoreMicros() / 1e6));
    try (var first = store.start();
        var second = store.start()) {
      for (var writer : List.of(first, second, first)) {
        Collections.shuffle(updates, random);
        for (var update : updates) {
          writer.write(update);
          if (random.nextInt(50) == 0) {
            writer.checkpoint();
          }
        }
      }
      first.checkpoint();
      second.checkpoint();
    }
    assertThat(newest).isNotEmpty();
    assertThat(top()).isEqualTo(newest);
  }

  /** The second of its two writes is what a crash can leave undone. */
  @Test
  void theTopFollowsAUserWhoseHashWasWrittenBeforeACrashAndTheTopWasNot() throws Exception {
    try (var writer = store.start()) {
      writer.write(user("anna", 1, 900_000));
      writer.checkpoint();
    }
    store.ask(
        jedis -> jedis.hset("risk:user:{anna}", Map.of("version", version(2), "level", "low")));
    try (var writer = store.start()) {
      writer.write(user("anna", 3, 100_000));
      writer.checkpoint();
    }
    assertThat(top()).isEmpty();
  }

  @Test
  void costsAUserWhoWasNeverHighNothingMore() throws Exception {
    try (var writer = store.start()) {
      writer.write(user("anna", 1, 700_000));
      writer.checkpoint();
    }
    boolean known = store.ask(jedis -> jedis.exists("{risk:top}:versions"));
    assertThat(known).isFalse();
    assertThat(store.hash("anna")).doesNotContainKey("was_high");
  }

  @Test
  void anAlertIsShownAtOnceWithItsExpiryAndItsPlaceInTheIndex() throws Exception {
    try (var writer = store.start()) {
      writer.write(alert("a1", 0, 0, NOON));
      Await.until("it is shown", () -> !alertHash("a1").isEmpty());
      writer.checkpoint();
      assertThat(alertHash("a1"))
          .containsEntry("rule_id", "high-score")
          .containsEntry("event_id", "attempt-0")
          .containsEntry("version", "0000000001-0000000000-0000000000");
      long expiry = store.ask(jedis -> jedis.pttl("risk:alert:{a1}"));
      assertThat(expiry).isBetween(RETENTION.toMillis() - 60_000, RETENTION.toMillis());
      assertThat(index()).isEqualTo(List.of("a1"));
    }
  }

  @Test
  void anAlertNeverGoesBackToAnEarlierRevisionOrAttempt() throws Exception {
    try (var writer = store.start()) {
      for (var alert :
          List.of(
              alert("a1", 1, 1, NOON),
              alert("a1", 0, 1, NOON),
              alert("a1", 1, 0, NOON),
              alert("a1", 2, 0, NOON),
              alert("a1", 1, 1, NOON))) {
        writer.write(alert);
        writer.checkpoint();
        assertThat(alertHash("a1"))
            .containsEntry("event_id", "attempt-1")
            .containsEntry("revision", "1");
      }
      assertThat(writer.metrics().count("hotStoreRefused")).isEqualTo(3);
    }
  }

  @Test
  void whatAReplaySaysOfAnAlertSupersedesWhatWasNeverCommitted() throws Exception {
    try (var writer = store.start()) {
      writer.write(alert("a1", 3, 0, NOON));
      writer.checkpoint();
      writer.write(alert("a1", 1, 1, NOON));
      writer.checkpoint();
      assertThat(alertHash("a1")).containsEntry("revision", "1");
      // Also where both wait for Redis together.
      store.ask(jedis -> jedis.configSet("maxmemory", "1"));
      writer.write(alert("a1", 4, 1, NOON), alert("a1", 2, 2, NOON), alert("a1", 5, 1, NOON));
      store.ask(jedis -> jedis.configSet("maxmemory", "0"));
      writer.endInput();
      assertThat(alertHash("a1"))
          .containsEntry("revision", "2")
          .containsEntry("version", "0000000001-0000000002-0000000002");
    }
  }

  @Test
  void anAlertKeepsNothingThatItsNewestRevisionDoesNotSay() throws Exception {
    try (var writer = store.start()) {
      writer.write(
          new HotAlert("a1", 1, 0, 0, NOON, Map.of("rule_id", "high-score", "profile", "{}")));
      writer.checkpoint();
      writer.write(new HotAlert("a1", 1, 1, 0, NOON, Map.of("rule_id", "high-score")));
      writer.endInput();
    }
    assertThat(alertHash("a1")).containsOnlyKeys("rule_id", "version");
  }

  @Test
  void theIndexForgetsWhatIsOlderThanTheRetentionBeforeItsNewest() throws Exception {
    try (var writer = store.start()) {
      writer.write(alert("old", 0, 0, NOON - 1), alert("edge", 0, 0, NOON));
      writer.checkpoint();
      writer.write(alert("new", 0, 0, NOON + RETENTION.toMillis()));
      writer.checkpoint();
      assertThat(index()).isEqualTo(List.of("edge", "new"));
    }
  }

  @Test
  void theIndexNamesTheNewestOnly() throws Exception {
    var config = store.config();
    var three =
        new HotStoreConfig(
            config.uri(), 100, 50, config.flushTimeout(), config.drainTimeout(), 1, RETENTION, 3);
    try (var writer = store.start(three, List.of())) {
      for (var number = 0; number < 5; number++) {
        writer.write(alert("a" + number, 0, 0, NOON + number));
      }
      writer.checkpoint();
      assertThat(index()).isEqualTo(List.of("a2", "a3", "a4"));
    }
  }

  @Test
  void alertsWaitForRedisLikeUsersAndDoNotTakeTheirRoom() throws Exception {
    store.redis.crash();
    try (var writer =
        store.start(
            store.config(store.redis.uri().toString(), 2, HotStoreFixture.FOR_EVER), List.of())) {
      writer.awaitDegraded();
      writer.write(user("anna", 1, 0), user("bert", 1, 0));
      writer.write(alert("a1", 0, 0, NOON), alert("a2", 0, 0, NOON), alert("a3", 0, 0, NOON));
      assertThat(writer.metrics().count("hotStoreDropped")).isZero();
      assertThat(writer.metrics().count("hotStoreAlertsDropped")).isEqualTo(1);
      store.redis.startAgain();
      writer.endInput();
    }
    assertThat(index()).isEqualTo(List.of("a1", "a2"));
    assertThat(Long.parseLong(pipeline().get("alerts_since"))).isPositive();
  }

  @Test
  void thePipelineSaysHowItIsEachSecondThoughNothingHappens() throws Exception {
    try (var writer = startAsSubtask(0)) {
      Await.until("a first beat", () -> pipeline().containsKey("heartbeat"));
      assertThat(pipeline())
          .containsEntry("watermark", "-")
          .containsEntry("rules_version", "-")
          .containsEntry("epoch", "1")
          .containsEntry("degraded", "0")
          .containsEntry("writers", "1")
          .containsEntry("alerts_since", "0")
          .containsKeys("store", "code_version", "attempt");
      var first = pipeline().get("heartbeat");
      writer.sink().writeWatermark(new Watermark(NOON));
      writer.write(Snapshots.of("anna", new SnapshotVersion(1, 1, 0, 7)));
      Await.until(
          "later beats tell more",
          () ->
              pipeline().get("watermark").equals(Long.toString(NOON))
                  && pipeline().get("attempt").equals("7"));
      assertThat(pipeline()).containsEntry("rules_version", "default-1");
      assertThat(Long.parseLong(pipeline().get("heartbeat"))).isGreaterThan(Long.parseLong(first));
    }
  }

  @Test
  void thePipelineSaysAtTheEndOfTheInputThatTheWatermarkIsAtTheEnd() throws Exception {
    try (var writer = startAsSubtask(0)) {
      writer.sink().writeWatermark(Watermark.MAX_WATERMARK);
      writer.endInput();
      assertThat(pipeline()).containsEntry("watermark", Long.toString(Long.MAX_VALUE));
    }
  }

  @Test
  void thePipelineIsDegradedWhileAnyWriterIs() throws Exception {
    try (var other = store.start();
        var first = startAsSubtask(0, store.redis.port() + 1)) {
      other.write(Snapshots.of("anna", 1));
      other.checkpoint();
      first.checkpoint();
      Await.until("well", () -> "0".equals(pipeline().get("degraded")));
      store.ask(jedis -> jedis.flushAll());
      Await.until("degraded", () -> "1".equals(pipeline().get("degraded")));
      assertThat(Long.parseLong(pipeline().get("degraded_since"))).isPositive();
    }
  }

  /** In a drain each writer ends when it likes, and the last beat has to tell the truth. */
  @Test
  void thePipelineIsWellAgainWhoeverPaysLast() throws Exception {
    store.ask(
        jedis ->
            jedis.hset(
                "{risk:pipeline}:writers",
                Map.of("1:degraded_since", "1767268800000", "1:rebuilt", "0", "0:rebuilt", "4")));
    try (var first = startAsSubtask(0, 2)) {
      first.endInput();
    }
    assertThat(pipeline()).containsEntry("degraded", "1").containsEntry("writers", "2");
    var heartbeat = pipeline().get("heartbeat");
    try (var last = startAsSubtask(1, 2)) {
      last.write(new RebuildMark(false, List.of("a"), 1, 2, 0));
      last.write(new RebuildMark(true, List.of("a"), 1, 2, 3));
      last.endInput();
    }
    assertThat(pipeline())
        .containsEntry("degraded", "0")
        .containsEntry("degraded_since", "-")
        .containsEntry("hot_rebuilt", "3")
        .containsEntry("heartbeat", heartbeat);
  }

  @Test
  void thePipelineForgetsWritersOfAGreaterParallelism() throws Exception {
    store.ask(
        jedis ->
            jedis.hset("{risk:pipeline}:writers", Map.of("7:degraded_since", "1767268800000")));
    try (var writer = startAsSubtask(0)) {
      Await.until("it beats", () -> pipeline().containsKey("heartbeat"));
      assertThat(pipeline()).containsEntry("degraded", "0");
    }
  }

  private HotStoreFixture.Writer startAsSubtask(int subtask) throws IOException {
    return startAsSubtask(subtask, subtask + 1);
  }

  private HotStoreFixture.Writer startAsSubtask(int subtask, int parallelism) throws IOException {
    var context = new FakeWriterContext(subtask, parallelism);
    return new HotStoreFixture.Writer(
        new HotStoreSink(store.config(), store.control, Duration.ZERO)
            .restoreWriter(context, List.of()),
        context);
  }

  private static UserSnapshot user(String userId, long routed, int scoreMicros) {
    var level = scoreMicros < 300_000 ? "low" : scoreMicros < 800_000 ? "medium" : "high";
    return new UserSnapshot(
        userId,
        scoreMicros,
        level,
        level.equals("high"),
        routed,
        NOON,
        NOON,
        "default-1",
        NOON,
        NOON,
        true,
        true,
        new SnapshotVersion(1, routed, 0, 0));
  }

  private static String version(long routed) {
    return new SnapshotVersion(1, routed, 0, 0).sortable();
  }

  private static HotUpdate alert(String id, int revision, int attempt, long eventTimeMillis) {
    return new HotAlert(
        id,
        1,
        revision,
        attempt,
        eventTimeMillis,
        Map.of(
            "rule_id",
            "high-score",
            "event_id",
            "attempt-" + attempt,
            "revision",
            Integer.toString(revision)));
  }

  private Map<String, Double> top() {
    var top = new TreeMap<String, Double>();
    store
        .ask(jedis -> jedis.zrangeWithScores("risk:top", 0, -1))
        .forEach(user -> top.put(user.getElement(), user.getScore()));
    return top;
  }

  private List<String> index() {
    return store.ask(jedis -> jedis.zrange("risk:alerts", 0, -1));
  }

  private Map<String, String> alertHash(String id) {
    return store.ask(jedis -> jedis.hgetAll("risk:alert:{" + id + "}"));
  }

  private Map<String, String> pipeline() {
    return store.ask(jedis -> jedis.hgetAll("risk:pipeline"));
  }
}
