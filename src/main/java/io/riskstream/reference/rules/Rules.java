package io.riskstream.reference.rules;

import io.riskstream.model.RuleDefinition;
import io.riskstream.model.Ruleset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A ruleset that compiles.
 *
 * @param relevantTypes the score-relevant event types
 * @param cutMillis from when on it is in force, epoch milliseconds; Long.MIN_VALUE for the initial
 */
public record Rules(Ruleset ruleset, List<Rule> rules, Set<String> relevantTypes, long cutMillis) {
  /** A rule and its condition. */
  public record Rule(RuleDefinition definition, Condition condition) {}

  /** Compiles it, or refuses it. */
  static Rules compile(Ruleset ruleset, long cutMillis) throws RefusedDocumentException {
    var rules = new ArrayList<Rule>();
    for (var rule : ruleset.rules()) {
      rules.add(new Rule(rule, Condition.compile(rule.condition(), rule.ofWindows())));
    }
    var relevant =
        ruleset.rules().stream()
            .flatMap(rule -> rule.on().stream())
            .collect(Collectors.toCollection(HashSet::new));
    relevant.addAll(ruleset.weightsMicros().keySet());
    return new Rules(ruleset, rules, relevant, cutMillis);
  }

  /** Section 5 of the semantics. */
  public int weightMicros(String eventType) {
    return ruleset.weightsMicros().getOrDefault(eventType, 0);
  }

  /** Section 5 of the semantics. */
  public int scoreAfter(int scoreBeforeMicros, String eventType) {
    long moved = (long) scoreBeforeMicros + weightMicros(eventType);
    return (int) Math.min(ruleset.ceilingMicros(), Math.max(ruleset.floorMicros(), moved));
  }
}
