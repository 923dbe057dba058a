package io.riskstream.rules;

import io.riskstream.model.Ruleset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A compiled ruleset, and views of it in which some rules are disabled. */
final class CompiledRules implements ActiveRules {
  private final Ruleset ruleset;
  private final long documentOffset;
  private final List<CompiledEventRule> allEventRules;
  private final List<CompiledWindowRule> allWindowRules;
  private final Set<String> relevant = new HashSet<>();
  private final Map<String, List<EventRule>> eventRules = new HashMap<>();
  private final Map<String, Kept> kept = new HashMap<>();
  private final List<WindowRule> windowRules;

  CompiledRules(
      Ruleset ruleset,
      long documentOffset,
      List<CompiledEventRule> allEventRules,
      List<CompiledWindowRule> allWindowRules,
      Set<String> disabled) {
    this.ruleset = ruleset;
    this.documentOffset = documentOffset;
    this.allEventRules = allEventRules;
    this.allWindowRules = allWindowRules;
    relevant.addAll(ruleset.weightsMicros().keySet());
    allEventRules.forEach(rule -> relevant.addAll(rule.definition().on()));
    for (var type : relevant) {
      var ofType =
          allEventRules.stream()
              .filter(rule -> rule.definition().on().contains(type))
              .filter(rule -> !disabled.contains(rule.definition().id()))
              .toList();
      eventRules.put(type, List.copyOf(ofType));
      kept.put(type, kept(ofType));
    }
    windowRules =
        allWindowRules.stream()
            .<WindowRule>map(rule -> rule)
            .filter(rule -> !disabled.contains(rule.definition().id()))
            .toList();
  }

  /** Returns the same ruleset without the rules of these ids. */
  CompiledRules without(Set<String> disabled) {
    return new CompiledRules(ruleset, documentOffset, allEventRules, allWindowRules, disabled);
  }

  /** Returns the same ruleset as that of a document. */
  CompiledRules of(long offset) {
    return new CompiledRules(ruleset, offset, allEventRules, allWindowRules, Set.of());
  }

  @Override
  public Ruleset ruleset() {
    return ruleset;
  }

  @Override
  public long documentOffset() {
    return documentOffset;
  }

  @Override
  public boolean isRelevant(String eventType) {
    return relevant.contains(eventType);
  }

  @Override
  public int weightMicros(String eventType) {
    return ruleset.weightsMicros().getOrDefault(eventType, 0);
  }

  @Override
  public List<EventRule> eventRules(String eventType) {
    return eventRules.getOrDefault(eventType, List.of());
  }

  @Override
  public List<WindowRule> windowRules() {
    return windowRules;
  }

  @Override
  public Kept kept(String eventType) {
    return kept.getOrDefault(eventType, Kept.NOTHING);
  }

  private static Kept kept(List<CompiledEventRule> rules) {
    var session = false;
    var value = false;
    Set<String> properties = new HashSet<>();
    for (var rule : rules) {
      var reads = rule.reads();
      session |= reads.reads("event.session_id");
      value |= reads.reads("event.value") || reads.reads("event.has_value");
      var keys = reads.keysOrNull("event.properties");
      if (keys == null) {
        properties = null;
      } else if (properties != null) {
        properties.addAll(keys);
      }
    }
    return new Kept(session, value, properties == null ? null : Set.copyOf(properties));
  }
}
