package io.riskstream.sink.hotstore;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between attempts: doubling from 50 ms to 2 s, each shortened at random by up to half. */
public final class BackOff {
  private static final long FIRST_MILLIS = 50;
  private static final long LONGEST_MILLIS = 2_000;

  private final RandomGenerator random;
  private long ceilingMillis = FIRST_MILLIS;

  /** Takes the source of the jitter, which keeps many writers from coming back at once. */
  public BackOff(RandomGenerator random) {
    this.random = random;
  }

  public Duration next() {
    var pauseMillis = random.nextLong(ceilingMillis / 2, ceilingMillis + 1);
    ceilingMillis = Math.min(LONGEST_MILLIS, 2 * ceilingMillis);
    return Duration.ofMillis(pauseMillis);
  }

  void reset() {
    ceilingMillis = FIRST_MILLIS;
  }
}
