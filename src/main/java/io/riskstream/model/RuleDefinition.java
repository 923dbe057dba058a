package io.riskstream.model;

import java.util.Objects;
import java.util.Set;

/**
 * A rule as its author wrote it.
 *
 * @param on the event types that an event rule is judged on; empty for a window rule
 * @param windowOrNull size and slide of the windows that a window rule is judged on, such as 5m/1m;
 *     null for an event rule
 * @param condition CEL that yields a bool
 * @param coolDownMillis length of the buckets of event time in which it makes one alert a user
 * @param shadow whether its alerts are recorded only, never delivered
 * @param runbookOrNull link to what is to be done
 */
public record RuleDefinition(
    String id,
    Set<String> on,
    String windowOrNull,
    String condition,
    String severity,
    long coolDownMillis,
    boolean shadow,
    String description,
    String runbookOrNull) {

  public RuleDefinition {
    Objects.requireNonNull(id, "id");
    on = Set.copyOf(on);
    Objects.requireNonNull(condition, "condition");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(description, "description");
  }

  /** Returns whether it is judged on windows, not on events. */
  public boolean ofWindows() {
    return windowOrNull != null;
  }

  /** Returns the start of the cool-down bucket that the event time lies in, epoch milliseconds. */
  public long bucketStart(long eventTimeMillis) {
    return Math.floorDiv(eventTimeMillis, coolDownMillis) * coolDownMillis;
  }
}
