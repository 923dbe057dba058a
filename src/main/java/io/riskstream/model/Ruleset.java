package io.riskstream.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Weights, clamps, levels and rules, as their author wrote them; says nothing of whether the
 * conditions compile. Amounts are in millionths.
 *
 * @param version text that result rows name
 * @param weightsMicros what each score-relevant event type adds
 * @param floorMicros least score that an event may leave
 * @param ceilingMicros greatest score that an event may leave
 * @param levels in order of their begin, the first from 0
 * @param rules in the order of the document, ids unique
 */
public record Ruleset(
    String version,
    Map<String, Integer> weightsMicros,
    int floorMicros,
    int ceilingMicros,
    List<Level> levels,
    List<RuleDefinition> rules) {

  /** A name for scores from {@code fromMicros} up to the next level. */
  public record Level(String name, int fromMicros) {}

  public Ruleset {
    Objects.requireNonNull(version, "version");
    weightsMicros = Map.copyOf(weightsMicros);
    levels = List.copyOf(levels);
    rules = List.copyOf(rules);
  }

  /** Returns the name of the level that the score is at. */
  public String levelOf(int scoreMicros) {
    if (scoreMicros < 0 || scoreMicros > Micros.ONE) {
      throw new IllegalArgumentException("not a score: " + scoreMicros);
    }
    var name = levels.get(0).name();
    for (var level : levels) {
      if (scoreMicros >= level.fromMicros()) {
        name = level.name();
      }
    }
    return name;
  }

  /** Returns the score that counts as the highest level begins at. */
  public int topLevelMicros() {
    return levels.get(levels.size() - 1).fromMicros();
  }
}
