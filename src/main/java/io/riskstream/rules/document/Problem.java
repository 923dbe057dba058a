package io.riskstream.rules.document;

import io.riskstream.rules.RulesetException;

/**
 * What is wrong with a text, and what to write instead.
 *
 * @param line from 1; 0 if unknown
 * @param column from 1; 0 if unknown
 */
public record Problem(String message, int line, int column) {
  static Problem of(RulesetException refused) {
    return new Problem(refused.getMessage(), refused.line(), refused.column());
  }

  RulesetException toException() {
    return new RulesetException(message, line, column);
  }
}
