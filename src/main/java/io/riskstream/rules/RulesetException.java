package io.riskstream.rules;

/** Says why a ruleset or another document cannot be used, and where. */
public final class RulesetException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int line;
  private final int column;

  /**
   * Makes a refusal.
   *
   * @param line from 1, within the condition or the document that the message names; 0 if unknown
   * @param column from 1; 0 if unknown
   */
  public RulesetException(String message, int line, int column) {
    super(message);
    this.line = line;
    this.column = column;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }
}
