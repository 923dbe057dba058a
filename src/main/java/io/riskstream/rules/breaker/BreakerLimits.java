package io.riskstream.rules.breaker;

/**
 * When a rule is stopped.
 *
 * @param mostErrors of a rule within the interval; 0 for any number
 * @param mostTriggers of a rule within the interval; 0 for any number
 * @param intervalMillis processing time
 */
public record BreakerLimits(int mostErrors, int mostTriggers, long intervalMillis) {
  public BreakerLimits {
    if (mostErrors < 0 || mostTriggers < 0 || intervalMillis <= 0) {
      throw new IllegalArgumentException(
          "a breaker has no limits of %d errors and %d triggers in %d ms"
              .formatted(mostErrors, mostTriggers, intervalMillis));
    }
  }
}
