package io.riskstream.rules;

import io.riskstream.model.RuleDefinition;

/** A compiled event rule; never throws for what it is judged on. */
public interface EventRule {
  RuleDefinition definition();

  RuleOutcome judge(EventFacts facts);
}
