package io.riskstream.sink.hotstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.RebuildMark;
import io.riskstream.testkit.Await;
import io.riskstream.testkit.Snapshots;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/** A real Redis that comes back with what it held some time ago. */
@Timeout(60)
class HotStoreLivesITCase {
  private HotStoreFixture store;

  @BeforeEach
  void startRedis(@TempDir Path folder) throws IOException {
    store = new HotStoreFixture(folder);
  }

  @AfterEach
  void stopRedis() {
    store.close();
  }

  @Test
  void isRebuiltWhenItComesBackWithOldDataSoThatNothingIsStale() throws Exception {
    try (var writer = store.start()) {
      fillThenGoBack(writer);
      var document = awaitDocument();
      assertThat(writer.metrics().gauge("hotStoreDegraded")).isEqualTo(1);
      writer.write(mark(false, document, 0), Snapshots.of("anna", 2), Snapshots.of("bert", 1));
      writer.write(mark(true, document, 2));
      Await.until("it is paid", () -> writer.metrics().gauge("hotStoreDegraded") == 0);
      writer.endInput();
    }
    assertThat(store.version("anna")).isEqualTo(version(2));
    assertThat(store.version("bert")).isEqualTo(version(1));
    assertThat(store.control.published()).hasSize(1);
  }

  @Test
  void isRebuiltWhenItWentBackWhileTheJobWasDown() throws Exception {
    List<UpdateChunk> state;
    try (var writer = store.start()) {
      writer.write(Snapshots.of("anna", 1));
      writer.checkpoint();
      state = writer.sink().snapshotState(1);
    }
    store.redis.close();
    store.redis.startAgain();
    try (var writer = store.start(store.config(), state)) {
      awaitDocument();
      assertThat(writer.metrics().gauge("hotStoreDegraded")).isEqualTo(1);
    }
  }

  @Test
  void nothingIsAskedWhenOnlyTheConnectionWasLost() throws Exception {
    try (var writer = store.start()) {
      writer.write(Snapshots.of("anna", 1));
      writer.checkpoint();
      var before = store.clients();
      store.ask(jedis -> jedis.clientKill(new ClientKillParams().type(ClientType.NORMAL)));
      writer.write(Snapshots.of("anna", 2));
      Await.until("it is back", () -> version(2).equals(store.version("anna")));
      assertThat(store.clients()).isNotEmpty().doesNotContainAnyElementsOf(before);
      writer.endInput();
      assertThat(writer.metrics().gauge("hotStoreDegraded")).isZero();
    }
    assertThat(store.control.published()).isEmpty();
  }

  private void fillThenGoBack(HotStoreFixture.Writer writer) throws Exception {
    writer.write(Snapshots.of("anna", 1));
    writer.checkpoint();
    store.ask(jedis -> jedis.save());
    writer.write(Snapshots.of("anna", 2), Snapshots.of("bert", 1));
    writer.checkpoint();
    store.redis.crash();
    store.redis.startAgain();
    assertThat(store.version("anna")).isEqualTo(version(1));
    assertThat(store.hash("bert")).isEmpty();
  }

  private String awaitDocument() {
    Await.until("a document asks for a rebuild", () -> !store.control.published().isEmpty());
    return store.control.published().peek().id();
  }

  private RebuildMark mark(boolean done, String id, long users) {
    return new RebuildMark(done, List.of(id), store.redis.port(), store.redis.port() + 1, users);
  }

  private static String version(long routed) {
    return Snapshots.of("anybody", routed).version().sortable();
  }
}
