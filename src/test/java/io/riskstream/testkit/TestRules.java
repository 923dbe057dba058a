package io.riskstream.testkit;

import static io.riskstream.testkit.Events.START;

import io.riskstream.model.ControlDocument;
import io.riskstream.model.Dimension;
import io.riskstream.model.GatedDocument;
import io.riskstream.model.Micros;
import io.riskstream.model.RuleDefinition;
import io.riskstream.model.RuleDisabled;
import io.riskstream.model.Ruleset;
import io.riskstream.model.Ruleset.Level;
import io.riskstream.model.RulesetDocument;
import io.riskstream.model.Suppression;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rulesets, rules and gated documents of test stories; cool-down ten minutes unless said. */
public final class TestRules {
  public static final long COOL_DOWN = 600_000;
  private static final List<Level> LEVELS =
      List.of(new Level("low", 0), new Level("medium", 300_000), new Level("high", 800_000));

  private TestRules() {}

  /** Returns a ruleset with the weights of default-1. */
  public static Ruleset ruleset(String version, RuleDefinition... rules) {
    return ruleset(version, Map.of("failed_login", 100_000, "successful_login", -50_000), rules);
  }

  public static Ruleset ruleset(
      String version, Map<String, Integer> weightsMicros, RuleDefinition... rules) {
    return new Ruleset(version, weightsMicros, 0, Micros.ONE, LEVELS, List.of(rules));
  }

  public static RuleDefinition onEvents(String id, String condition, String... types) {
    return new RuleDefinition(
        id, Set.of(types), null, condition, "medium", COOL_DOWN, false, "", null);
  }

  public static RuleDefinition onWindows(String id, String window, String condition) {
    return new RuleDefinition(
        id, Set.of(), window, condition, "medium", COOL_DOWN, false, "", null);
  }

  public static RuleDefinition shadow(RuleDefinition rule) {
    return new RuleDefinition(
        rule.id(),
        rule.on(),
        rule.windowOrNull(),
        rule.condition(),
        rule.severity(),
        rule.coolDownMillis(),
        true,
        rule.description(),
        rule.runbookOrNull());
  }

  public static GatedDocument rulesFrom(long millisAfterStart, long offset, Ruleset ruleset) {
    return gated(
        millisAfterStart, offset, new RulesetDocument("rules", (int) offset + 1, null, ruleset));
  }

  public static GatedDocument disabledFrom(long millisAfterStart, long offset, String ruleId) {
    return gated(
        millisAfterStart, offset, new RuleDisabled("off", (int) offset + 1, null, ruleId, "test"));
  }

  /** Suppresses from one time until another; null for all users or rules. */
  public static GatedDocument suppressed(
      long offset, String userId, String ruleId, long fromAfterStart, long untilAfterStart) {
    return gated(
        0,
        offset,
        new Suppression(
            "s" + offset,
            1,
            null,
            userId,
            ruleId,
            START + fromAfterStart,
            START + untilAfterStart,
            "test"));
  }

  public static GatedDocument dimensionFrom(
      long millisAfterStart,
      long offset,
      String name,
      String attribute,
      Map<String, String> values) {
    return gated(
        millisAfterStart, offset, new Dimension(name, (int) offset + 1, null, attribute, values));
  }

  private static GatedDocument gated(long millisAfterStart, long offset, ControlDocument document) {
    return new GatedDocument(document, START + millisAfterStart, offset);
  }
}
