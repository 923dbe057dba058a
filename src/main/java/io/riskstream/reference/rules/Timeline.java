package io.riskstream.reference.rules;

import io.riskstream.model.Dimension;
import io.riskstream.model.RuleDisabled;
import io.riskstream.model.Suppression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is in force at which event time; section 4 of the semantics. */
public final class Timeline {
  private record Cut<D>(long millis, D document) {}

  /** By cut; of equal cuts the one of the greater offset stays, as it comes later. */
  private final TreeMap<Long, Rules> rules = new TreeMap<>();

  private final List<Cut<RuleDisabled>> disabled = new ArrayList<>();
  private final List<Cut<Suppression>> suppressions = new ArrayList<>();
  private final Map<String, TreeMap<Long, Dimension>> dimensions = new TreeMap<>();

  Timeline(Rules initial) {
    add(initial);
  }

  void add(Rules ruleset) {
    rules.put(ruleset.cutMillis(), ruleset);
  }

  void add(RuleDisabled document, long cutMillis) {
    disabled.add(new Cut<>(cutMillis, document));
  }

  void add(Suppression document, long cutMillis) {
    suppressions.add(new Cut<>(cutMillis, document));
  }

  void add(Dimension document, long cutMillis) {
    dimensions.computeIfAbsent(document.id(), id -> new TreeMap<>()).put(cutMillis, document);
  }

  /** Returns the ruleset in force. */
  public Rules rulesAt(long millis) {
    return rules.floorEntry(millis).getValue();
  }

  /** Returns whether the rule of the ruleset in force is switched off. */
  public boolean isDisabled(String ruleId, long millis) {
    long cutOfRules = rulesAt(millis).cutMillis();
    return disabled.stream()
        .anyMatch(
            off ->
                off.document().ruleId().equals(ruleId)
                    && off.millis() <= millis
                    && cutOfRules < off.millis());
  }

  /** Returns whether triggers of the rule for the user are passed over. */
  public boolean isSuppressed(String userId, String ruleId, long millis) {
    return suppressions.stream()
        .filter(cut -> cut.millis() <= millis && fits(cut.document(), userId, ruleId, millis))
        .anyMatch(cut -> !isReplaced(cut.document(), millis));
  }

  private static boolean fits(Suppression one, String userId, String ruleId, long millis) {
    return one.fromMillis() <= millis
        && millis < one.untilMillis()
        && (one.userIdOrNull() == null || one.userIdOrNull().equals(userId))
        && (one.ruleIdOrNull() == null || one.ruleIdOrNull().equals(ruleId));
  }

  private boolean isReplaced(Suppression one, long millis) {
    return suppressions.stream()
        .anyMatch(
            other ->
                other.millis() <= millis
                    && other.document().id().equals(one.id())
                    && other.document().version() > one.version());
  }

  /** Returns what the dimensions say of a profile; null is that of a user who has none. */
  public Map<String, String> dimensionsAt(long millis, Map<String, String> profile) {
    if (profile == null || dimensions.isEmpty()) {
      return Map.of();
    }
    var found = new TreeMap<String, String>();
    dimensions.forEach(
        (name, versions) -> {
          var inForce = versions.floorEntry(millis);
          if (inForce != null) {
            var key = profile.get(inForce.getValue().attribute());
            var value = key == null ? null : inForce.getValue().values().get(key);
            if (value != null) {
              found.put(name, value);
            }
          }
        });
    return found;
  }
}
