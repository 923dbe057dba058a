package io.riskstream.sink.hotstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.HotStoreConfig;
import io.riskstream.model.HotWindow;
import io.riskstream.model.WindowRow;
import io.riskstream.testkit.FakeWriterContext;
import io.riskstream.testkit.Snapshots;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.eventtime.Watermark;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The newest windows in a real Redis, written beside the users by writers of their own. */
@Timeout(60)
class HotWindowsITCase {
  private static final long NOON = 1_767_268_800_000L;
  private static final long MINUTE = 60_000;
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
  void aWindowIsShownWithAllOfItsRowUntilItExpires() throws Exception {
    try (var writer = start(List.of())) {
      writer.write(window(0, 2, 0, 1_500_000L));
      writer.checkpoint();
      assertThat(hash())
          .containsExactlyInAnyOrderEntriesOf(
              Map.ofEntries(
                  Map.entry("window", "5m/1m"),
                  Map.entry("event_type", "login"),
                  Map.entry("window_start", Long.toString(NOON)),
                  Map.entry("window_end", Long.toString(NOON + 5 * MINUTE)),
                  Map.entry("count", "3"),
                  Map.entry("distinct_users", "2"),
                  Map.entry("value_count", "1"),
                  Map.entry("sum", "1.500000"),
                  Map.entry("min", "1.500000"),
                  Map.entry("max", "1.500000"),
                  Map.entry("avg", "1.500000"),
                  Map.entry("revision", "2"),
                  Map.entry("final", "false"),
                  Map.entry("version", version(0, 2, 0))));
      long expiry = store.ask(jedis -> jedis.pttl("risk:window:{5m/1m:login}"));
      assertThat(expiry).isBetween(RETENTION.toMillis() - 60_000, RETENTION.toMillis());
    }
  }

  @Test
  void aLaterWindowReplacesAllFieldsOfAnEarlierOne() throws Exception {
    try (var writer = start(List.of())) {
      writer.write(window(0, 2, 0, 1_500_000L));
      writer.checkpoint();
      writer.write(window(1, 0, 0, null));
      writer.checkpoint();
      assertThat(hash()).containsEntry("revision", "0").doesNotContainKeys("min", "max", "avg");
    }
  }

  @Test
  void neverGoesBackUnderReplaysAndWritersThatAreLongDead() throws Exception {
    var updates = new ArrayList<HotWindow>();
    for (var minute = 0; minute < 20; minute++) {
      for (var revision = 0; revision < 3; revision++) {
        updates.add(window(minute, revision, 0, null));
        updates.add(window(minute, revision, 1, null));
      }
    }
    var random = new Random(3);
    try (var first = start(List.of());
        var second = start(List.of())) {
      for (var writer : List.of(first, second, first)) {
        Collections.shuffle(updates, random);
        for (var update : updates) {
          writer.write(update);
          if (random.nextInt(10) == 0) {
            writer.checkpoint();
          }
        }
      }
      first.checkpoint();
      second.checkpoint();
    }
    assertThat(hash()).containsEntry("version", version(19, 2, 1));
  }

  @Test
  void whatAReplaySaysOfAWindowSupersedesWhatWasNeverCommitted() throws Exception {
    try (var writer = start(List.of())) {
      for (var update : List.of(window(1, 3, 0, 5L), window(0, 9, 1, 6L), window(1, 2, 1, 7L))) {
        writer.write(update);
        writer.checkpoint();
      }
      assertThat(hash())
          .containsEntry("version", version(1, 2, 1))
          .containsEntry("sum", "0.000007");
    }
  }

  @Test
  void doesNotSpeakForThePipelineAndLeavesItsWritersAlone() throws Exception {
    try (var windows = start(List.of())) {
      windows.write(window(0, 0, 0, null));
      windows.sink().writeWatermark(new Watermark(NOON));
      windows.checkpoint();
      windows.endInput();
      boolean spoken = store.ask(jedis -> jedis.exists("risk:pipeline"));
      assertThat(spoken).isFalse();
      try (var users = store.start()) {
        users.write(Snapshots.of("anna", 1));
        users.endInput();
      }
      windows.write(window(0, 1, 0, null));
      windows.endInput();
      Map<String, String> pipeline = store.ask(jedis -> jedis.hgetAll("risk:pipeline"));
      assertThat(pipeline)
          .containsEntry("writers", Integer.toString(store.redis.port() + 1))
          .containsEntry("degraded", "0");
    }
  }

  @Test
  void comesAgainWithTheNextRevisionAfterRedisWasEmptiedAndAsksForNothing() throws Exception {
    try (var writer = start(List.of())) {
      writer.write(window(0, 0, 0, null));
      writer.checkpoint();
      store.ask(jedis -> jedis.flushAll());
      writer.write(window(0, 1, 0, null));
      writer.endInput();
      assertThat(hash()).containsEntry("version", version(0, 1, 0));
    }
    assertThat(store.control.published()).isEmpty();
  }

  @Test
  void keepsTheNewestOfEachKindInTheCheckpointWhileRedisRefusesIt() throws Exception {
    List<UpdateChunk> kept;
    try (var writer = start(List.of())) {
      writer.checkpoint();
      store.ask(jedis -> jedis.configSet("maxmemory", "1"));
      writer.write(window(1, 0, 0, 7L));
      writer.write(window(0, 3, 0, null));
      var serializer = new UpdateChunk.Serializer();
      kept = new ArrayList<>();
      for (var chunk : writer.sink().snapshotState(1)) {
        kept.add(serializer.deserialize(serializer.getVersion(), serializer.serialize(chunk)));
      }
    }
    assertThat(kept.stream().flatMap(chunk -> chunk.updates().stream()))
        .containsExactly(window(1, 0, 0, 7L));
    store.ask(jedis -> jedis.configSet("maxmemory", "0"));
    try (var writer = start(kept)) {
      writer.endInput();
      assertThat(hash()).containsEntry("version", version(1, 0, 0));
    }
  }

  @Test
  void aWindowForWhichThereIsNoRoomMakesNoUserMissing() throws Exception {
    store.ask(jedis -> jedis.configSet("maxmemory", "1"));
    var config = store.config(store.redis.uri().toString(), 1, HotStoreFixture.FOR_EVER);
    try (var writer = start(config, List.of())) {
      writer.write(window(0, 0, 0, null));
      var other = window(0, 0, 0, null);
      writer.write(
          new HotWindow("5m/1m", "other", other.windowEndMillis(), 0, 1, 0, other.fields()));
      assertThat(writer.metrics().count("hotStoreDropped")).isEqualTo(1);
      store.ask(jedis -> jedis.configSet("maxmemory", "0"));
      writer.endInput();
      assertThat(writer.metrics().gauge("hotStoreDegraded")).isZero();
    }
    assertThat(store.control.published()).isEmpty();
  }

  private HotStoreFixture.Writer start(Collection<UpdateChunk> restored) throws IOException {
    return start(store.config(), restored);
  }

  private HotStoreFixture.Writer start(HotStoreConfig config, Collection<UpdateChunk> restored)
      throws IOException {
    var context = new FakeWriterContext(store.redis.port());
    return new HotStoreFixture.Writer(
        HotStoreSink.ofWindows(config).restoreWriter(context, restored), context);
  }

  private Map<String, String> hash() {
    return store.ask(jedis -> jedis.hgetAll("risk:window:{5m/1m:login}"));
  }

  private static String version(int minute, int revision, int attempt) {
    return "%010d-%019d-%010d-%010d".formatted(1, NOON + (minute + 5) * MINUTE, attempt, revision);
  }

  private static HotWindow window(int minute, int revision, int attempt, Long valueOrNull) {
    var value = valueOrNull == null ? null : BigDecimal.valueOf(valueOrNull, 6);
    var row =
        WindowRow.newBuilder()
            .setWindow("5m/1m")
            .setWindowStart(Instant.ofEpochMilli(NOON + minute * MINUTE))
            .setWindowEnd(Instant.ofEpochMilli(NOON + (minute + 5) * MINUTE))
            .setEventType("login")
            .setCount(3)
            .setDistinctUsers(2)
            .setValueCount(value == null ? 0 : 1)
            .setSum(value == null ? BigDecimal.valueOf(0, 6) : value)
            .setMin(value)
            .setMax(value)
            .setAvg(value)
            .setRevision(revision)
            .setFinal$(false)
            .build();
    return HotWindow.of(row, 1, attempt);
  }
}
