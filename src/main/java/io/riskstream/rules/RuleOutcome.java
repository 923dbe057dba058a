package io.riskstream.rules;

import io.riskstream.rules.condition.Truth;

/** What a condition says; an error is not true. */
public enum RuleOutcome {
  TRUE,
  FALSE,
  ERROR;

  static RuleOutcome of(Truth truth) {
    return switch (truth) {
      case TRUE -> TRUE;
      case FALSE -> FALSE;
      case UNKNOWN -> ERROR;
    };
  }
}
