package io.riskstream.sink.hotstore;

import io.riskstream.model.HotAlert;
import io.riskstream.model.HotUpdate;
import io.riskstream.model.UserSnapshot;
import io.riskstream.sink.hotstore.redis.Beat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/**
 * Says when a writer has to speak of itself again, and what: each second, and whenever it has
 * connected anew. For the writing thread, but for {@link #watermark}.
 */
final class Heart {
  static final Duration BETWEEN_BEATS = Duration.ofSeconds(1);

  private final StoreAccount account;
  private final Clock clock;
  private final int subtask;
  private final int parallelism;
  private final int epoch;
  private final boolean isSilent;
  private final String codeVersion = codeVersion();
  private volatile long watermarkMillis = Long.MIN_VALUE;
  private String rulesVersionOrNull;
  private int attempt;

  /** By the monotonic clock, as a corrected wall clock must neither silence nor hurry it. */
  private long dueNanos = System.nanoTime();

  /**
   * @param attempt of the task; a user's version tells the job's
   * @param isSilent whether others speak for the pipeline
   */
  Heart(
      StoreAccount account,
      Clock clock,
      int subtask,
      int parallelism,
      int epoch,
      int attempt,
      boolean isSilent) {
    this.account = account;
    this.clock = clock;
    this.subtask = subtask;
    this.parallelism = parallelism;
    this.epoch = epoch;
    this.isSilent = isSilent;
    this.attempt = attempt;
  }

  void watermark(long millis) {
    watermarkMillis = millis;
  }

  /** Returns what was last heard, Long.MIN_VALUE before. */
  long watermarkMillis() {
    return watermarkMillis;
  }

  int epoch() {
    return epoch;
  }

  /** Returns the task's run of the job, as far as it is known: less before the first update. */
  int attempt() {
    return attempt;
  }

  /** Learns what users and alerts tell of the pipeline. */
  void see(List<HotUpdate> batch) {
    for (var update : batch) {
      if (update instanceof UserSnapshot user) {
        rulesVersionOrNull = user.rulesVersion();
        attempt = Math.max(attempt, user.version().attempt());
      } else if (update instanceof HotAlert alert) {
        attempt = Math.max(attempt, alert.attempt());
      }
    }
  }

  /** Returns how long it may still be silent. */
  Duration untilDue() {
    if (isSilent) {
      return BETWEEN_BEATS;
    }
    return Duration.ofNanos(Math.max(0, dueNanos - System.nanoTime()));
  }

  boolean isDue() {
    return !isSilent && untilDue().isZero();
  }

  /** Makes it speak at the next chance. */
  void hurry() {
    dueNanos = System.nanoTime();
  }

  Beat beat() {
    var now = clock.millis();
    dueNanos = System.nanoTime() + BETWEEN_BEATS.toNanos();
    return new Beat(
        UUID.randomUUID().toString(),
        now,
        subtask,
        parallelism,
        account.degradedSinceMillis(),
        account.usersRebuilt(),
        account.rebuilds(),
        account.alertsDroppedMillis(),
        new Beat.Status(watermarkMillis, rulesVersionOrNull, epoch, attempt, codeVersion));
  }

  private static String codeVersion() {
    var properties = new Properties();
    try (InputStream resource =
        Heart.class.getResourceAsStream("/io/riskstream/cli/version.properties")) {
      if (resource != null) {
        properties.load(resource);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the build's version cannot be read", unreadable);
    }
    return properties.getProperty("version", "unknown");
  }
}
