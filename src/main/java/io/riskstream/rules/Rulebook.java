package io.riskstream.rules;

import io.riskstream.model.GatedDocument;
import io.riskstream.model.Ruleset;
import java.util.Map;

/**
 * All accepted documents of a job, and which of them are in force when. The answers depend on the
 * set of documents alone, not on their order of arrival. Not thread-safe.
 */
public final class Rulebook {
  /** Begins with a ruleset that is in force before all cuts; it must compile. */
  public Rulebook(Ruleset initial, RuleCompiler compiler) throws RulesetException {
    throw new UnsupportedOperationException();
  }

  /** Adds a document that the gate has accepted; returns false if its identity is known. */
  public boolean add(GatedDocument document) {
    throw new UnsupportedOperationException();
  }

  /** Returns what judges at the event time. */
  public ActiveRules at(long timeMillis) {
    throw new UnsupportedOperationException();
  }

  /** Returns whether a trigger of that event time is passed over. */
  public boolean suppresses(String userId, String ruleId, long timeMillis) {
    throw new UnsupportedOperationException();
  }

  /** Returns the dimensions of a profile at the event time; empty where there is no profile. */
  public Map<String, String> dimensions(long timeMillis, Map<String, String> profileOrNull) {
    throw new UnsupportedOperationException();
  }
}
