package io.riskstream.sink.hotstore;

import io.riskstream.model.HotAlert;
import io.riskstream.sink.hotstore.redis.RedisStore;
import java.time.Duration;

/**
 * Lets the store forget what a run that died showed and did not commit: alerts that the replay has
 * not raised again by the time that their bucket is final. Each writer does it for its own users,
 * from its start until nothing of former runs is undecided, and once more at the end of the input.
 * For the writing thread.
 */
final class AlertSweep {
  static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(5);

  /** The greatest that Redis' scripts can count to exactly. */
  private static final long GREATEST_MILLIS = (1L << 53) - 1;

  private final RedisStore store;
  private final Heart heart;
  private final long allowedLatenessMillis;
  private final OwnUsers users;
  private final boolean isOfWindows;
  private boolean isOver;
  private long dueNanos = System.nanoTime() + BETWEEN_SWEEPS.toNanos();

  /** Of the sweep before: what was final then has since been written. */
  private long formerLineMillis = Long.MIN_VALUE;

  /**
   * @param users of the writer
   * @param isOfWindows whether the writer has no alerts
   */
  AlertSweep(
      RedisStore store,
      Heart heart,
      Duration allowedLateness,
      OwnUsers users,
      boolean isOfWindows) {
    this.store = store;
    this.heart = heart;
    this.allowedLatenessMillis = allowedLateness.toMillis();
    this.users = users;
    this.isOfWindows = isOfWindows;
  }

  /** Sweeps if it is time to. */
  void sweepIfDue() {
    if (!isOfWindows && !isOver && System.nanoTime() >= dueNanos) {
      dueNanos = System.nanoTime() + BETWEEN_SWEEPS.toNanos();
      var lineMillis = lineMillis();
      if (formerLineMillis != Long.MIN_VALUE) {
        isOver = sweep(formerLineMillis) == 0;
      }
      formerLineMillis = lineMillis;
    }
  }

  /** Sweeps a last time: everything is final, and written. */
  void sweepAtTheEnd() {
    if (!isOfWindows && lineMillis() == GREATEST_MILLIS) {
      sweep(GREATEST_MILLIS);
    }
  }

  private int sweep(long lineMillis) {
    var leastVersion = HotAlert.leastVersion(heart.epoch(), heart.attempt());
    return store.removeGhosts(users::contain, leastVersion, lineMillis);
  }

  private long lineMillis() {
    var watermark = heart.watermarkMillis();
    if (watermark == Long.MIN_VALUE) {
      return Long.MIN_VALUE;
    }
    return watermark == Long.MAX_VALUE ? GREATEST_MILLIS : watermark - allowedLatenessMillis;
  }
}
