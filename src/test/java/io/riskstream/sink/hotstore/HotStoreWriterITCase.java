package io.riskstream.sink.hotstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.SnapshotVersion;
import io.riskstream.testkit.Await;
import io.riskstream.testkit.Snapshots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the hot store holds after writes to a Redis that is well. */
@Timeout(60)
class HotStoreWriterITCase {
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
  void writesAllFieldsAtTheCheckpoint() throws Exception {
    var snapshot = Snapshots.of("anna", 4);
    try (var writer = store.start()) {
      writer.write(snapshot);
      writer.checkpoint();
      assertThat(store.hash("anna"))
          .containsEntry("score", "0.100004")
          .containsEntry("total_events", "1004")
          .containsEntry("final", "1")
          .containsEntry("version", snapshot.version().sortable())
          .hasSize(10);
      assertThat(writer.state()).isEmpty();
      assertThat(writer.metrics().count("hotStoreWritten")).isEqualTo(1);
      assertThat(writer.metrics().gauge("hotStorePending")).isZero();
      assertThat(writer.metrics().gauge("hotStoreDegraded")).isZero();
    }
  }

  @Test
  void writesWithoutWaitingForACheckpoint() throws Exception {
    try (var writer = store.start()) {
      writer.write(Snapshots.of("anna", 1));
      Await.until("anna is written", () -> store.version("anna") != null);
    }
  }

  @Test
  void replacesAnOlderVersion() throws Exception {
    assertThat(heldAfter(version(1, 1, 0, 0), version(1, 2, 0, 0)))
        .isEqualTo(version(1, 2, 0, 0).sortable());
  }

  @Test
  void refusesAnOlderVersion() throws Exception {
    assertThat(heldAfter(version(1, 10, 0, 0), version(1, 9, 0, 7)))
        .isEqualTo(version(1, 10, 0, 0).sortable());
  }

  @Test
  void letsALaterAttemptWinATie() throws Exception {
    assertThat(heldAfter(version(1, 5, 3, 1), version(1, 5, 3, 2)))
        .isEqualTo(version(1, 5, 3, 2).sortable());
  }

  @Test
  void refusesAnEarlierAttemptInATie() throws Exception {
    assertThat(heldAfter(version(1, 5, 3, 2), version(1, 5, 3, 1)))
        .isEqualTo(version(1, 5, 3, 2).sortable());
  }

  @Test
  void takesTheSameVersionAgainAsARepetitionAfterALostAnswer() throws Exception {
    try (var writer = store.start()) {
      for (var time = 0; time < 2; time++) {
        writer.write(Snapshots.of("anna", 5));
        writer.checkpoint();
      }
      assertThat(writer.metrics().count("hotStoreRefused")).isZero();
      assertThat(writer.metrics().count("hotStoreWritten")).isEqualTo(2);
    }
  }

  @Test
  void letsALaterEpochWinOverMoreRecords() throws Exception {
    assertThat(heldAfter(version(1, 900, 9, 9), version(2, 1, 0, 0)))
        .isEqualTo(version(2, 1, 0, 0).sortable());
  }

  @Test
  void countsWhatIsRefused() throws Exception {
    try (var first = store.start();
        var second = store.start()) {
      first.write(Snapshots.of("anna", 2));
      first.checkpoint();
      second.write(Snapshots.of("anna", 1), Snapshots.of("bert", 1));
      second.checkpoint();
      assertThat(second.metrics().count("hotStoreRefused")).isEqualTo(1);
      assertThat(second.metrics().count("hotStoreWritten")).isEqualTo(1);
    }
    assertThat(store.hash("anna")).containsEntry("total_events", "1002");
  }

  @Test
  void writesOnlyTheNewestOfWhatCameWhileRedisWasSlow() throws Exception {
    try (var writer = store.start()) {
      writer.write(Snapshots.of("anna", 1));
      writer.checkpoint();
      store.redis.pause();
      for (var routed = 2; routed <= 1_000; routed++) {
        writer.write(Snapshots.of("anna", routed));
      }
      assertThat(writer.metrics().gauge("hotStorePending")).isEqualTo(1);
      store.redis.resume();
      writer.endInput();
      assertThat(store.hash("anna")).containsEntry("total_events", "2000");
      assertThat(writer.metrics().count("hotStoreWritten")).isBetween(2L, 4L);
    }
  }

  @Test
  void writesMoreUsersThanFitIntoABatch() throws Exception {
    try (var writer = store.start()) {
      for (var user = 0; user < 1_234; user++) {
        writer.write(Snapshots.of("user-" + user, 1));
      }
      writer.checkpoint();
      assertThat(store.users()).isEqualTo(1_234);
      assertThat(writer.metrics().count("hotStoreWritten")).isEqualTo(1_234);
      assertThat(writer.metrics().histogram("hotStoreLatencyMillis").getCount()).isEqualTo(1_234);
    }
  }

  @Test
  void measuresLatencyFromTheIngestTime() throws Exception {
    try (var writer = store.start()) {
      var before = System.currentTimeMillis();
      var snapshot = Snapshots.of("anna", 1);
      writer.write(snapshot);
      writer.checkpoint();
      assertThat(writer.metrics().histogram("hotStoreLatencyMillis").getStatistics().getMax())
          .isBetween(
              before - snapshot.asOfMillis(), System.currentTimeMillis() - snapshot.asOfMillis());
    }
  }

  @Test
  void neverTakesAUserBackWhenTwoWritersRace() throws Exception {
    var versions = new ArrayList<>(LongStream.rangeClosed(1, 2_000).boxed().toList());
    Collections.shuffle(versions, new Random(3));
    var seen = new ArrayList<String>();
    var threads = Executors.newFixedThreadPool(2);
    try (var left = store.start();
        var right = store.start()) {
      var writes =
          CompletableFuture.allOf(
              CompletableFuture.runAsync(
                  () -> writeEach(left, versions.subList(0, 1_000)), threads),
              CompletableFuture.runAsync(
                  () -> writeEach(right, versions.subList(1_000, 2_000)), threads));
      while (!writes.isDone()) {
        var version = store.version("anna");
        if (version != null) {
          seen.add(version);
        }
      }
      writes.get();
    } finally {
      threads.shutdown();
    }
    assertThat(seen).isSorted();
    assertThat(store.version("anna")).isEqualTo(version(1, 2_000, 0, 0).sortable());
  }

  @Test
  void loadsItsScriptAgainWhenRedisHasForgottenIt() throws Exception {
    try (var writer = store.start()) {
      writer.write(Snapshots.of("anna", 1));
      writer.checkpoint();
      store.ask(jedis -> jedis.scriptFlush());
      writer.write(Snapshots.of("anna", 2), Snapshots.of("bert", 1));
      writer.checkpoint();
      assertThat(writer.state()).isEmpty();
    }
    assertThat(store.hash("anna")).containsEntry("total_events", "1002");
    assertThat(store.hash("bert")).isNotEmpty();
  }

  private String heldAfter(SnapshotVersion first, SnapshotVersion second) throws Exception {
    for (var version : new SnapshotVersion[] {first, second}) {
      try (var writer = store.start()) {
        writer.write(Snapshots.of("anna", version));
        writer.checkpoint();
      }
    }
    return store.version("anna");
  }

  /** Checkpoints often, so that many different versions reach Redis. */
  private static void writeEach(HotStoreFixture.Writer writer, Iterable<Long> versions) {
    try {
      for (var routed : versions) {
        writer.write(Snapshots.of("anna", routed));
        writer.checkpoint();
      }
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static SnapshotVersion version(int epoch, long routed, long line, int attempt) {
    return new SnapshotVersion(epoch, routed, line, attempt);
  }
}
