package io.riskstream.rules;

import io.riskstream.model.EventTypes;
import io.riskstream.model.Micros;
import io.riskstream.model.RuleDefinition;
import io.riskstream.model.Ruleset;
import io.riskstream.model.WindowFeatures;
import io.riskstream.model.WindowSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules, facts and rulesets from a few words. */
public final class RulesFixture {
  public static final WindowSpec FIVE_MINUTES = new WindowSpec("5m/1m", 300_000, 60_000);
  public static final WindowSpec ONE_MINUTE = new WindowSpec("1m/30s", 60_000, 30_000);
  public static final EventTypes TYPES =
      new EventTypes(List.of("failed_login", "successful_login", "purchase", "ad_click", "logout"));

  private RulesFixture() {}

  public static RuleCompiler compiler() {
    return new RuleCompiler(List.of(FIVE_MINUTES, ONE_MINUTE), TYPES);
  }

  public static RuleDefinition eventRule(String id, String condition, String... on) {
    return new RuleDefinition(
        id, Set.of(on), null, condition, "high", 600_000, false, "of a test", null);
  }

  public static RuleDefinition windowRule(String id, String condition) {
    return new RuleDefinition(
        id, Set.of(), "5m/1m", condition, "high", 600_000, false, "of a test", null);
  }

  public static Ruleset ruleset(String version, RuleDefinition... rules) {
    return new Ruleset(
        version,
        Map.of("failed_login", 100_000),
        0,
        Micros.ONE,
        List.of(new Ruleset.Level("low", 0), new Ruleset.Level("high", 800_000)),
        List.of(rules));
  }

  /** An event with these scores and nothing else. */
  public static EventFacts scored(int beforeMicros, int afterMicros) {
    return new EventFacts(
        "e1",
        "failed_login",
        1_000,
        null,
        null,
        Map.of(),
        beforeMicros,
        afterMicros,
        null,
        Map.of());
  }

  /** A window with these counts, the first that of the other types. */
  public static WindowFeatures window(long... counts) {
    var all = new long[TYPES.size()];
    System.arraycopy(counts, 0, all, 0, counts.length);
    var count = 0L;
    for (var one : all) {
      count += one;
    }
    return new WindowFeatures(FIVE_MINUTES, 600_000, count, all, 610_000, 890_000);
  }
}
