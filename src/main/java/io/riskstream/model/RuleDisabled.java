package io.riskstream.model;

import java.util.Objects;

/**
 * Switches a rule off from its cut on, until a ruleset with a later cut is in force.
 *
 * @param effectiveFromMillis event time that its author wishes, epoch milliseconds; null for now
 * @param reason for a person
 */
public record RuleDisabled(
    String id, int version, Long effectiveFromMillis, String ruleId, String reason)
    implements ControlDocument {
  /** What the field {@code kind} says. */
  public static final String KIND = "rule-disabled";

  public RuleDisabled {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(ruleId, "ruleId");
    Objects.requireNonNull(reason, "reason");
  }

  @Override
  public String kind() {
    return KIND;
  }
}
