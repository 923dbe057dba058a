package io.riskstream.sink.hotstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.HotAlert;
import io.riskstream.model.SnapshotVersion;
import io.riskstream.testkit.Await;
import io.riskstream.testkit.FakeWriterContext;
import io.riskstream.testkit.Snapshots;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Alerts in a real Redis that a run raised which died before it had committed them. */
@Timeout(60)
final class GhostAlertsITCase {
  private static final long NOON = 1_767_268_800_000L;
  private static final Duration LATENESS = Duration.ofSeconds(10);
  private static final int FORMER = 1;
  private static final int CURRENT = 2;

  private HotStoreFixture store;

  @BeforeEach
  void startRedis() throws Exception {
    store = new HotStoreFixture();
    try (var writer = start()) {
      writer.write(
          alert("ghost", FORMER, "raised", NOON),
          alert("amended-ghost", FORMER, "amended", NOON),
          alert("open", FORMER, "raised", NOON + 1),
          alert("ended", FORMER, "raised", NOON),
          alert("final", FORMER, "confirmed", NOON),
          alert("withdrawn", FORMER, "withdrawn", NOON));
      writer.checkpoint();
    }
  }

  @AfterEach
  void stopRedis() {
    store.close();
  }

  @Test
  void whatNoRunEndsIsForgottenOnceItsBucketIsFinal() throws Exception {
    try (var writer = start()) {
      writer.sink().writeWatermark(new Watermark(NOON + LATENESS.toMillis()));
      writeByTheCurrentRun(writer);
      Await.until("the ghosts are gone", () -> !shown().contains("ghost"));
      var rest = Set.of("open", "ended", "final", "withdrawn", "own");
      Await.until("all of them are", () -> shown().equals(rest));
      assertThat(indexed()).isEqualTo(rest);
    }
  }

  @Test
  void atTheEndNothingIsOpenAnyMore() throws Exception {
    try (var writer = start()) {
      writeByTheCurrentRun(writer);
      writer.sink().writeWatermark(new Watermark(Long.MAX_VALUE));
      writer.endInput();
    }
    assertThat(shown()).containsExactlyInAnyOrder("ended", "final", "withdrawn", "own");
    assertThat(indexed()).isEqualTo(shown());
  }

  @Test
  void beforeTheRunIsKnownNothingIsForgotten() throws Exception {
    try (var writer = start()) {
      writer.sink().writeWatermark(new Watermark(Long.MAX_VALUE));
      writer.endInput();
    }
    assertThat(shown()).contains("ghost", "amended-ghost", "open");
  }

  @Test
  void aWholePageAndMoreIsLookedThrough() throws Exception {
    try (var writer = start()) {
      for (var number = 0; number < 900; number++) {
        writer.write(alert("more-" + number, FORMER, "raised", NOON));
      }
      writer.checkpoint();
      writeByTheCurrentRun(writer);
      writer.sink().writeWatermark(new Watermark(Long.MAX_VALUE));
      writer.endInput();
    }
    assertThat(shown()).containsExactlyInAnyOrder("ended", "final", "withdrawn", "own");
  }

  /** The tasks of a run begin one after the other, and each numbers the run by when it begins. */
  @Test
  void eachWriterForgetsThoseOfItsOwnUsersOnly() throws Exception {
    var early = userOf(1);
    var late = userOf(0);
    try (var second = start(1, 2);
        var first = start(0, 2)) {
      var watermark = new Watermark(Long.MAX_VALUE);
      first.sink().writeWatermark(watermark);
      second.sink().writeWatermark(watermark);
      second.write(
          alert("early-ghost", FORMER, "raised", NOON, early),
          alert("early-own", CURRENT, "raised", NOON, early));
      second.checkpoint();
      first.write(
          alert("late-ghost", FORMER, "raised", NOON, late),
          alert("late-own", CURRENT + 1, "raised", NOON, late));
      first.endInput();

      assertThat(shown()).contains("early-ghost", "early-own", "late-own");
      assertThat(shown()).doesNotContain("late-ghost");

      second.endInput();
      assertThat(shown()).contains("early-own", "late-own").doesNotContain("early-ghost");
      assertThat(indexed()).isEqualTo(shown());
    }
  }

  private static String userOf(int writer) {
    return Stream.iterate(0, number -> number + 1)
        .map(number -> "user-" + number)
        .filter(user -> KeyGroupRangeAssignment.assignKeyToParallelOperator(user, 2, 2) == writer)
        .findFirst()
        .orElseThrow();
  }

  private static void writeByTheCurrentRun(HotStoreFixture.Writer writer) throws Exception {
    writer.write(
        alert("ended", CURRENT, "confirmed", NOON),
        alert("own", CURRENT, "raised", NOON),
        Snapshots.of("anna", new SnapshotVersion(1, 1, 0, CURRENT)));
    writer.checkpoint();
  }

  /** Starts the only writer of the job. */
  private HotStoreFixture.Writer start() throws Exception {
    return start(0, 1);
  }

  private HotStoreFixture.Writer start(int subtask, int parallelism) throws Exception {
    var context = new FakeWriterContext(subtask, parallelism);
    var sink = new HotStoreSink(store.config(), store.control, LATENESS);
    return new HotStoreFixture.Writer(sink.restoreWriter(context, List.of()), context);
  }

  private Set<String> shown() {
    var ids = new TreeSet<String>();
    for (var key : store.ask(jedis -> jedis.keys("risk:alert:*"))) {
      ids.add(key.substring("risk:alert:{".length(), key.length() - 1));
    }
    return ids;
  }

  private Set<String> indexed() {
    List<String> ids = store.ask(jedis -> jedis.zrange("risk:alerts", 0, -1));
    return new TreeSet<>(ids);
  }

  private static HotAlert alert(String id, int attempt, String status, long bucketEndMillis) {
    return alert(id, attempt, status, bucketEndMillis, "anna");
  }

  private static HotAlert alert(
      String id, int attempt, String status, long bucketEndMillis, String userId) {
    return new HotAlert(
        id,
        1,
        0,
        attempt,
        NOON - 1,
        Map.of("user_id", userId, "status", status, "bucket_end", Long.toString(bucketEndMillis)));
  }
}
