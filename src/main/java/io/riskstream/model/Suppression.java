package io.riskstream.model;

import java.util.Objects;

/**
 * Passes over the triggers of a user, a rule or both within a span of event time.
 *
 * @param effectiveFromMillis event time that its author wishes, epoch milliseconds; null for now
 * @param userIdOrNull null for all users; not both of user and rule are null
 * @param ruleIdOrNull null for all rules
 * @param fromMillis begin of the span, epoch milliseconds
 * @param untilMillis end of the span, exclusive
 * @param reason for a person
 */
public record Suppression(
    String id,
    int version,
    Long effectiveFromMillis,
    String userIdOrNull,
    String ruleIdOrNull,
    long fromMillis,
    long untilMillis,
    String reason)
    implements ControlDocument {
  /** What the field {@code kind} says. */
  public static final String KIND = "suppression";

  public Suppression {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(reason, "reason");
  }

  @Override
  public String kind() {
    return KIND;
  }
}
