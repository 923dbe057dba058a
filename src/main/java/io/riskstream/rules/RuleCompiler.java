package io.riskstream.rules;

import io.riskstream.model.EventTypes;
import io.riskstream.model.Ruleset;
import io.riskstream.model.WindowSpec;
import java.util.List;

/** Compiles rulesets for a job with given windows and event types. */
public final class RuleCompiler {
  public RuleCompiler(List<WindowSpec> live, EventTypes types) {
    throw new UnsupportedOperationException();
  }

  /** Compiles the ruleset without anything disabled, or says where it is wrong. */
  public ActiveRules compile(Ruleset ruleset) throws RulesetException {
    throw new UnsupportedOperationException();
  }
}
