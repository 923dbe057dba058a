package io.riskstream.rules;

import io.riskstream.model.Micros;
import io.riskstream.model.RuleDefinition;
import io.riskstream.model.Ruleset;
import io.riskstream.model.Ruleset.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ruleset that is in force where the configuration names no other. */
public final class Rulesets {
  private static final int COOL_DOWN_MILLIS = 600_000;

  private Rulesets() {}

  /** Returns ruleset {@code default-1}. */
  public static Ruleset defaults() {
    return new Ruleset(
        "default-1",
        Map.of("failed_login", 100_000, "successful_login", -50_000),
        0,
        Micros.ONE,
        List.of(new Level("low", 0), new Level("medium", 300_000), new Level("high", 800_000)),
        List.of(
            new RuleDefinition(
                "high-score",
                Set.of("failed_login", "successful_login"),
                null,
                "score_after >= 0.8",
                "high",
                COOL_DOWN_MILLIS,
                false,
                "The score has come to level high.",
                null),
            new RuleDefinition(
                "event-burst",
                Set.of(),
                "5m/1m",
                "count > 100",
                "medium",
                COOL_DOWN_MILLIS,
                false,
                "More than 100 events in 5 minutes.",
                null),
            new RuleDefinition(
                "many-types",
                Set.of(),
                "5m/1m",
                "\"failed_login\" in counts && size(types) > 5",
                "high",
                COOL_DOWN_MILLIS,
                false,
                "A failed login among more than 5 types of events in 5 minutes.",
                null)));
  }
}
