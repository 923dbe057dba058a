package io.riskstream.sink.hotstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.config.HotStoreConfig;
import io.riskstream.model.HotRebuild;
import io.riskstream.model.RebuildMark;
import io.riskstream.testkit.Await;
import io.riskstream.testkit.Snapshots;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a writer owes a real Redis after an outage, how it asks for it, and when it is paid. */
@Timeout(60)
class HotStoreRebuildITCase {
  private static final int BUFFER = 10;

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
  void asksOnceAfterItHadToDropAndIsDegradedUntilTheRebuildHasComeThrough() throws Exception {
    try (var writer = startSmall()) {
      dropUsersWhileRedisIsAway(writer);
      assertThat(store.control.published()).isEmpty();
      store.redis.startAgain();
      writer.awaitRecovered();
      var document = awaitDocument();
      assertThat(document.subtaskOrNull()).isEqualTo(store.redis.port());
      assertThat(document.parallelismOrNull()).isEqualTo(store.redis.port() + 1);
      assertThat(writer.metrics().gauge("hotStoreDegraded")).isEqualTo(1);

      begin(writer, document.id());
      showUsers(writer, 3 * BUFFER);
      assertThat(writer.metrics().gauge("hotStoreDegraded")).isEqualTo(1);
      end(writer, document.id(), 3 * BUFFER);
      awaitNotDegraded(writer);
      assertThat(writer.metrics().gauge("hotStoreRebuilt")).isEqualTo(3 * BUFFER);
      writer.endInput();
    }
    assertThat(store.users()).isEqualTo(3 * BUFFER);
    assertThat(store.control.published()).hasSize(1);
  }

  @Test
  void asksWhenRedisComesBackEmptyEvenIfNothingWasDropped() throws Exception {
    try (var writer = store.start()) {
      writer.write(Snapshots.of("anna", 1));
      writer.checkpoint();
      store.redis.crash();
      store.redis.startAgain();
      var document = awaitDocument();
      begin(writer, document.id());
      writer.write(Snapshots.of("anna", 1));
      end(writer, document.id(), 1);
      awaitNotDegraded(writer);
    }
    assertThat(store.hash("anna")).isNotEmpty();
    assertThat(store.control.published()).hasSize(1);
  }

  @Test
  void asksWhenSomebodyEmptiesRedis() throws Exception {
    try (var writer = store.start()) {
      writer.write(Snapshots.of("anna", 1));
      writer.checkpoint();
      store.ask(jedis -> jedis.flushAll());
      awaitDocument();
    }
  }

  @Test
  void asksWhenItIsRestoredToAnotherRedisThanTheOneItFilled() throws Exception {
    List<UpdateChunk> state;
    try (var writer = store.start()) {
      writer.write(Snapshots.of("anna", 1));
      writer.checkpoint();
      state = writer.sink().snapshotState(1);
    }
    store.ask(jedis -> jedis.flushAll());
    try (var writer = store.start(store.config(), state)) {
      awaitDocument();
      assertThat(writer.metrics().gauge("hotStoreDegraded")).isEqualTo(1);
    }
  }

  @Test
  void asksNothingOfARedisThatKeptItsData() throws Exception {
    List<UpdateChunk> state;
    try (var writer = store.start()) {
      writer.write(Snapshots.of("anna", 1));
      writer.checkpoint();
      state = writer.sink().snapshotState(1);
    }
    try (var writer = store.start(store.config(), state)) {
      writer.write(Snapshots.of("anna", 2));
      writer.endInput();
      assertThat(writer.metrics().gauge("hotStoreDegraded")).isZero();
    }
    assertThat(store.control.published()).isEmpty();
  }

  @Test
  void remembersOverARestoreThatItDroppedAndHasNotAskedYet() throws Exception {
    List<UpdateChunk> state;
    try (var writer = startSmall()) {
      dropUsersWhileRedisIsAway(writer);
      state = writer.sink().snapshotState(1);
    }
    store.redis.startAgain();
    try (var writer = store.start(small(), state)) {
      assertThat(writer.metrics().gauge("hotStoreDegraded")).isEqualTo(1);
      awaitDocument();
    }
  }

  @Test
  void doesNotAskAgainAfterARestoreForWhatItHasAsked() throws Exception {
    List<UpdateChunk> state;
    HotRebuild document;
    try (var writer = startSmall()) {
      dropUsersWhileRedisIsAway(writer);
      store.redis.startAgain();
      document = awaitDocument();
      Await.until("it is known that it was published", () -> asksNoMore(writer));
      state = writer.sink().snapshotState(1);
    }
    try (var writer = store.start(small(), state)) {
      begin(writer, document.id());
      end(writer, document.id(), 0);
      awaitNotDegraded(writer);
    }
    assertThat(store.control.published()).hasSize(1);
  }

  @Test
  void triesAgainUntilKafkaKeepsTheDocument() throws Exception {
    store.control.goAway();
    try (var writer = startSmall()) {
      dropUsersWhileRedisIsAway(writer);
      store.redis.startAgain();
      writer.awaitRecovered();
      writer.write(Snapshots.of("user-0", 2));
      writer.checkpoint();
      Await.until("it asks", () -> writer.metrics().count("hotStoreRebuildsAsked") == 1);
      store.control.comeBack();
      awaitDocument();
      assertThat(writer.metrics().count("hotStoreRebuildsAsked")).isEqualTo(1);
    }
  }

  /** Else each rebuild of more users than fit would be the reason for the next one. */
  @Test
  void waitsForRoomDuringARebuildInsteadOfDropping() throws Exception {
    try (var writer = startSmall()) {
      writer.checkpoint();
      store.redis.pause();
      begin(writer, "by hand");
      var shown = CompletableFuture.runAsync(() -> showUsers(writer, 5 * BUFFER));
      Await.until("the buffer is full", () -> writer.metrics().gauge("hotStorePending") == BUFFER);
      store.redis.resume();
      shown.get();
      end(writer, "by hand", 5 * BUFFER);
      writer.endInput();
      assertThat(writer.metrics().count("hotStoreDropped")).isZero();
      assertThat(writer.metrics().gauge("hotStoreDegraded")).isZero();
    }
    assertThat(store.users()).isEqualTo(5 * BUFFER);
  }

  @Test
  void isNotPaidByARebuildInTheMiddleOfWhichRedisWentAwayAgain() throws Exception {
    try (var writer = startSmall()) {
      dropUsersWhileRedisIsAway(writer);
      store.redis.startAgain();
      var first = awaitDocument();
      begin(writer, first.id());
      store.redis.crash();
      Await.until("trouble", () -> writer.metrics().gauge("hotStoreTrouble") == 1);
      showUsers(writer, 3 * BUFFER);
      end(writer, first.id(), 3 * BUFFER);
      assertThat(writer.metrics().count("hotStoreDropped")).isGreaterThan(BUFFER);
      store.redis.startAgain();
      Await.until("it asks again", () -> store.control.published().size() == 2);
      assertThat(writer.metrics().gauge("hotStoreDegraded")).isEqualTo(1);
    }
  }

  @Test
  void isNotPaidByARebuildThatBeganBeforeTheDrop() throws Exception {
    try (var writer = startSmall()) {
      writer.checkpoint();
      begin(writer, "early");
      store.redis.crash();
      Await.until("trouble", () -> writer.metrics().gauge("hotStoreTrouble") == 1);
      showUsers(writer, 2 * BUFFER);
      store.redis.startAgain();
      end(writer, "early", 2 * BUFFER);
      writer.checkpoint();
      Await.until("nothing waits", () -> writer.metrics().gauge("hotStorePending") == 0);
      assertThat(writer.metrics().gauge("hotStoreDegraded")).isEqualTo(1);
      awaitDocument();
    }
  }

  @Test
  void keepsAnEndThatIsUnwrittenOverARestore() throws Exception {
    List<UpdateChunk> state;
    try (var writer = store.start()) {
      writer.write(Snapshots.of("anna", 1));
      writer.checkpoint();
      store.redis.crash();
      Await.until("trouble", () -> writer.metrics().gauge("hotStoreTrouble") == 1);
      begin(writer, "by hand");
      writer.write(Snapshots.of("anna", 1));
      end(writer, "by hand", 1);
      assertThat(writer.state()).hasSize(2);
      state = writer.sink().snapshotState(1);
    }
    store.redis.startAgain();
    try (var writer = store.start(store.config(), state)) {
      Await.until("it is through", () -> writer.metrics().gauge("hotStoreRebuilt") == 1);
    }
  }

  /** An ended job could not write them any more; one that starts again can. */
  @Test
  void doesNotEndWhileUsersAreMissing() throws Exception {
    List<UpdateChunk> state;
    try (var writer = startSmall()) {
      dropUsersWhileRedisIsAway(writer);
      state = writer.sink().snapshotState(1);
      store.redis.startAgain();
      assertThatThrownBy(writer::endInput)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("lacks users since")
          .hasMessageContaining("riskstream hot rebuild --wait");
    }
    try (var writer = store.start(small(), state)) {
      Await.until("it asks", () -> writer.metrics().count("hotStoreRebuildsAsked") > 0);
      begin(writer, "by hand");
      showUsers(writer, 3 * BUFFER);
      end(writer, "by hand", 3 * BUFFER);
      writer.endInput();
    }
    assertThat(store.users()).isEqualTo(3 * BUFFER);
  }

  private HotStoreFixture.Writer startSmall() throws IOException {
    return store.start(small(), List.of());
  }

  private HotStoreConfig small() {
    return store.config(store.redis.uri().toString(), BUFFER, HotStoreFixture.FOR_EVER);
  }

  private void dropUsersWhileRedisIsAway(HotStoreFixture.Writer writer) throws Exception {
    writer.checkpoint();
    store.redis.crash();
    Await.until("trouble", () -> writer.metrics().gauge("hotStoreTrouble") == 1);
    showUsers(writer, 3 * BUFFER);
    assertThat(writer.metrics().count("hotStoreDropped")).isEqualTo(2 * BUFFER);
  }

  private static void showUsers(HotStoreFixture.Writer writer, int users) {
    IntStream.range(0, users)
        .forEach(
            user -> {
              try {
                writer.write(Snapshots.of("user-" + user, 1));
              } catch (Exception failed) {
                throw new IllegalStateException(failed);
              }
            });
  }

  private void begin(HotStoreFixture.Writer writer, String id) throws Exception {
    writer.write(mark(false, id, 0));
  }

  private void end(HotStoreFixture.Writer writer, String id, long users) throws Exception {
    writer.write(mark(true, id, users));
  }

  private RebuildMark mark(boolean done, String id, long users) {
    return new RebuildMark(done, List.of(id), store.redis.port(), store.redis.port() + 1, users);
  }

  private HotRebuild awaitDocument() {
    Await.until("a document asks for a rebuild", () -> !store.control.published().isEmpty());
    return store.control.published().peek();
  }

  private static void awaitNotDegraded(HotStoreFixture.Writer writer) {
    Await.until("not degraded", () -> writer.metrics().gauge("hotStoreDegraded") == 0);
  }

  private static boolean asksNoMore(HotStoreFixture.Writer writer) {
    try {
      return writer.sink().snapshotState(1).stream()
          .map(UpdateChunk::memoryOrNull)
          .anyMatch(memory -> memory != null && memory.askedIdOrNull() != null);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
