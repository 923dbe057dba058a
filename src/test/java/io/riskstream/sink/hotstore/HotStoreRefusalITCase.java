package io.riskstream.sink.hotstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.testkit.Snapshots;
import java.io.IOException;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Errors that do not pass: the job fails, at once and with the remedy, even an idle one. */
@Timeout(60)
class HotStoreRefusalITCase {
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
  void namesTheKeyThatHoldsSomethingElse() throws Exception {
    store.ask(jedis -> jedis.set("risk:user:{anna}", "not a hash"));
    try (var writer = store.start()) {
      writer.write(Snapshots.of("anna", 1));
      assertFails(writer)
          .hasMessageContaining("risk:user:{anna} at redis://127.0.0.1:" + store.redis.port())
          .hasMessageContaining("WRONGTYPE")
          .hasMessageContaining("delete it");
    }
  }

  @Test
  void failsEveryCallOfTheTaskAfterwards() throws Exception {
    store.ask(jedis -> jedis.set("risk:user:{anna}", "not a hash"));
    try (var writer = store.start()) {
      writer.write(Snapshots.of("anna", 1));
      assertThatThrownBy(writer::checkpoint).hasMessageContaining("WRONGTYPE");
      assertThatThrownBy(writer::endInput).hasMessageContaining("WRONGTYPE");
      assertThatThrownBy(() -> writer.write(Snapshots.of("bert", 1)))
          .hasMessageContaining("WRONGTYPE");
    }
  }

  @Test
  void asksForAPassword() throws Exception {
    store.ask(jedis -> jedis.configSet("requirepass", "right-s3cret"));
    try (var writer = store.start()) {
      assertFails(writer)
          .hasMessageContaining("NOAUTH")
          .hasMessageContaining("password into hot-store.uri");
    }
  }

  @Test
  void refusesAWrongPasswordWithoutPrintingIt() throws Exception {
    store.ask(jedis -> jedis.configSet("requirepass", "right-s3cret"));
    try (var writer = startAs(":wrong-s3cret")) {
      assertFails(writer)
          .hasMessageContaining("WRONGPASS")
          .hasMessageContaining("redis://127.0.0.1:" + store.redis.port())
          .hasMessageContaining("hot-store.uri");
    }
  }

  @Test
  void refusesAPasswordThatNobodyAskedForWithoutPrintingIt() throws Exception {
    try (var writer = startAs(":wrong-s3cret")) {
      assertFails(writer).hasMessageContaining("without any password configured");
    }
  }

  @Test
  void namesThePermissionsThatAUserLacks() throws Exception {
    store.ask(jedis -> jedis.aclSetUser("reader", "on", ">s3cret", "~*", "+@read", "+client"));
    try (var writer = startAs("reader:s3cret")) {
      assertFails(writer)
          .hasMessageContaining("NOPERM")
          .hasMessageContaining("EVALSHA, SCRIPT LOAD, HGET and HSET");
    }
  }

  @Test
  void writesAsAUserWithJustThePermissionsNamed() throws Exception {
    store.ask(
        jedis ->
            jedis.aclSetUser(
                "writer",
                "on",
                ">s3cret",
                "~risk:user:*",
                "+evalsha",
                "+script|load",
                "+hget",
                "+hset"));
    try (var writer = startAs("writer:s3cret")) {
      writer.write(Snapshots.of("anna", 1));
      writer.endInput();
    }
  }

  /** The first mail is the failure; nothing of it may name a password. */
  private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(
      HotStoreFixture.Writer writer) {
    return assertThatThrownBy(() -> writer.context().runNextMail())
        .isInstanceOf(IOException.class)
        .hasStackTraceContaining("hot store")
        .satisfies(
            failure -> {
              for (var cause = failure; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain("s3cret");
              }
            });
  }

  private HotStoreFixture.Writer startAs(String credentials) throws IOException {
    var uri = "redis://" + credentials + "@127.0.0.1:" + store.redis.port();
    return store.start(store.config(uri, 10, HotStoreFixture.FOR_EVER), List.of());
  }
}
