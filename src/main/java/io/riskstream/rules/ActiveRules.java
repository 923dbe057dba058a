package io.riskstream.rules;

import io.riskstream.model.Ruleset;
import java.util.List;
import java.util.Set;

/** The ruleset in force in a span of event time, compiled, without the rules that are disabled. */
public interface ActiveRules {
  Ruleset ruleset();

  /** Returns the offset of the ruleset's document in the control topic; −1 for the initial one. */
  long documentOffset();

  /** Returns whether events of the type have a weight or are named by an event rule. */
  boolean isRelevant(String eventType);

  /** Returns what the type adds, in millionths; 0 where it has no weight. */
  int weightMicros(String eventType);

  /** Returns the enabled event rules that look at the type, in the ruleset's order. */
  List<EventRule> eventRules(String eventType);

  /** Returns the enabled window rules, in the ruleset's order. */
  List<WindowRule> windowRules();

  /** Returns which of an event's fields the rules of its type look at, to be kept until final. */
  Kept kept(String eventType);

  /**
   * What an event rule may ask for when the event becomes final.
   *
   * @param session whether it is the session's id
   * @param value whether it is the value
   * @param properties which properties; null for all of them
   */
  record Kept(boolean session, boolean value, Set<String> properties) {
    /** Nothing beside id, type and timestamp. */
    public static final Kept NOTHING = new Kept(false, false, Set.of());
  }
}
