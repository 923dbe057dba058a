package io.riskstream.model;

import java.util.Objects;

/**
 * A ruleset that is to be in force from a cut on.
 *
 * @param effectiveFromMillis event time that its author wishes, epoch milliseconds; null for now
 */
public record RulesetDocument(String id, int version, Long effectiveFromMillis, Ruleset ruleset)
    implements ControlDocument {
  /** What the field {@code kind} says. */
  public static final String KIND = "ruleset";

  public RulesetDocument {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(ruleset, "ruleset");
  }

  @Override
  public String kind() {
    return KIND;
  }
}
