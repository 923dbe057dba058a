package io.riskstream.risk;

import io.riskstream.model.Micros;
import java.util.Map;

/**
 * What an event type adds to a score, and what a score means.
 *
 * @param weightsMicros millionths that each score-relevant event type adds
 * @param mediumMicros least score of level medium
 * @param highMicros least score of level high, at which {@link #HIGH_SCORE} fires
 * @param coolDownMillis length of the event-time bucket in which a rule raises one alert a user
 */
public record Ruleset(
    String version,
    Map<String, Integer> weightsMicros,
    int mediumMicros,
    int highMicros,
    long coolDownMillis) {

  /** Id of the rule that fires at level high. */
  public static final String HIGH_SCORE = "high-score";

  public Ruleset {
    weightsMicros = Map.copyOf(weightsMicros);
  }

  /** Returns the ruleset that is in force where no other has been published. */
  public static Ruleset defaults() {
    return new Ruleset(
        "default-1",
        Map.of("failed_login", 100_000, "successful_login", -50_000),
        300_000,
        800_000,
        600_000);
  }

  /** Returns the score's level: low, medium or high. */
  public String levelOf(int scoreMicros) {
    if (scoreMicros < 0 || scoreMicros > Micros.ONE) {
      throw new IllegalArgumentException("not a score: " + scoreMicros);
    }
    if (scoreMicros < mediumMicros) {
      return "low";
    }
    return scoreMicros < highMicros ? "medium" : "high";
  }

  /** Returns the start of the cool-down bucket that the event time lies in, epoch milliseconds. */
  public long bucketStart(long eventTimeMillis) {
    return Math.floorDiv(eventTimeMillis, coolDownMillis) * coolDownMillis;
  }
}
