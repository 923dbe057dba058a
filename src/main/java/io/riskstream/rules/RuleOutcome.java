package io.riskstream.rules;

/** What a condition says; an error is not true. */
public enum RuleOutcome {
  TRUE,
  FALSE,
  ERROR
}
