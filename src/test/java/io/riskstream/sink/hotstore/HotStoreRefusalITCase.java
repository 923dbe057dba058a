package io.riskstream.sink.hotstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.model.HotAlert;
import io.riskstream.sink.hotstore.redis.AlertLimits;
import io.riskstream.sink.hotstore.redis.RedisAddress;
import io.riskstream.sink.hotstore.redis.RedisStore;
import io.riskstream.testkit.RecordedMetrics;
import io.riskstream.testkit.SampleAlerts;
import io.riskstream.testkit.Snapshots;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A first connection that Redis refuses is a mistake in the configuration: the job fails, at once
 * and with the remedy, even an idle one.
 */
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
  void failsEveryCallOfTheTaskAfterwards() throws Exception {
    store.ask(jedis -> jedis.configSet("requirepass", "right-s3cret"));
    try (var writer = store.startAs(":wrong-s3cret")) {
      assertFails(writer);
      assertThatThrownBy(writer::checkpoint).hasMessageContaining("WRONGPASS");
      assertThatThrownBy(writer::endInput).hasMessageContaining("WRONGPASS");
      assertThatThrownBy(() -> writer.write(Snapshots.of("bert", 1)))
          .hasMessageContaining("WRONGPASS");
    }
  }

  /** That is a mistake of ours, and no trouble that Redis is in. */
  @Test
  void failsWhenTheWritingThreadBreaks() throws Exception {
    var exchange = new UpdateExchange(10, List.of());
    var clock = Clock.systemUTC();
    var account = new StoreAccount(0, 1, List.of(), clock);
    var metrics =
        new HotStoreMetrics(new RecordedMetrics(), exchange, account, new ClockThatBreaks());
    var address = RedisAddress.parse(store.redis.uri().toString());
    var failed = new AtomicBoolean();
    exchange.offer(Snapshots.of("anna", 1));
    var redis =
        new RedisStore(address, Duration.ofSeconds(30), new AlertLimits(Duration.ofHours(1), 10));
    var heart = new Heart(account, clock, 0, 1, 0, 0, false);
    new HotStoreLoop(
            exchange,
            redis,
            account,
            heart,
            new AlertSweep(redis, heart, Duration.ZERO, new OwnUsers(0, 1, 1), true),
            new RebuildRequests(store.control, account::asked, 0),
            metrics,
            new BackOff(new SplittableRandom(1)),
            10,
            () -> failed.set(true))
        .run();
    assertThat(failed).isTrue();
    assertThatThrownBy(exchange::check).hasRootCauseInstanceOf(OutOfMemoryError.class);
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
    try (var writer = store.startAs(":wrong-s3cret")) {
      assertFails(writer)
          .hasMessageContaining("WRONGPASS")
          .hasMessageContaining("redis://127.0.0.1:" + store.redis.port())
          .hasMessageContaining("hot-store.uri");
    }
  }

  @Test
  void refusesAPasswordThatNobodyAskedForWithoutPrintingIt() throws Exception {
    try (var writer = store.startAs(":wrong-s3cret")) {
      assertFails(writer).hasMessageContaining("without any password configured");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "~* +@read +client",
        "~* +@read +script|load",
        "~* +script|load +evalsha",
        "~risk:* ~{risk:* +@all -info",
        "~others:* +@all"
      })
  void namesThePermissionsThatAUserLacks(String rules) throws Exception {
    store.ask(jedis -> jedis.aclSetUser("reader", ("on >s3cret " + rules).split(" ")));
    try (var writer = store.startAs("reader:s3cret")) {
      assertFails(writer).hasMessageContaining("EVALSHA, SCRIPT LOAD, HGET, HSET");
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
                "~risk:*",
                "~{risk:*",
                "+evalsha",
                "+script|load",
                "+hget",
                "+hset",
                "+hdel",
                "+hgetall",
                "+del",
                "+pexpire",
                "+zadd",
                "+zcard",
                "+zrem",
                "+zrevrange",
                "+zremrangebyscore",
                "+zremrangebyrank",
                "+info"));
    try (var writer = store.startAs("writer:s3cret")) {
      writer.write(Snapshots.of("anna", 1));
      writer.write(HotAlert.of(SampleAlerts.raised("anna"), 1, 1));
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

  /** A clock that cannot tell the time. */
  private static final class ClockThatBreaks extends Clock {
    @Override
    public long millis() {
      throw new OutOfMemoryError("of a test");
    }

    @Override
    public Instant instant() {
      throw new OutOfMemoryError("of a test");
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
