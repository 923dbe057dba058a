package io.riskstream.reference;

import io.riskstream.model.Micros;
import java.util.Map;

/**
 * Ruleset {@code default-1}, as sections 4 and 5 of the semantics give it; amounts in millionths.
 */
final class Rules {
  static final String VERSION = "default-1";

  /** What an event adds to its user's score; types that are not here are not score-relevant. */
  static final Map<String, Integer> WEIGHTS_MICROS =
      Map.of("failed_login", 100_000, "successful_login", -50_000);

  static final String ALERT_RULE = "high-score";
  static final int ALERT_THRESHOLD_MICROS = 800_000;
  static final long COOL_DOWN_MILLIS = 600_000;

  private static final int MEDIUM_FROM_MICROS = 300_000;
  private static final int HIGH_FROM_MICROS = 800_000;

  private Rules() {}

  static String level(int scoreMicros) {
    if (scoreMicros < MEDIUM_FROM_MICROS) {
      return "low";
    }
    return scoreMicros < HIGH_FROM_MICROS ? "medium" : "high";
  }

  static int scoreAfter(int scoreBeforeMicros, int weightMicros) {
    return Math.min(Micros.ONE, Math.max(0, scoreBeforeMicros + weightMicros));
  }

  static boolean fires(int scoreAfterMicros) {
    return scoreAfterMicros >= ALERT_THRESHOLD_MICROS;
  }

  static long bucketStartMillis(long timestampMillis) {
    return Math.floorDiv(timestampMillis, COOL_DOWN_MILLIS) * COOL_DOWN_MILLIS;
  }
}
