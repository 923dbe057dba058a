package io.riskstream.rules.condition;

/** Says why a condition is refused, and where in it. */
public final class ConditionException extends Exception {
  private static final long serialVersionUID = 1L;
  private final int line;
  private final int column;

  ConditionException(String message, int line, int column) {
    super(message, null, false, false);
    this.line = line;
    this.column = column;
  }

  /** Returns the line within the condition, from 1. */
  public int line() {
    return line;
  }

  /** Returns the column within the line, from 1. */
  public int column() {
    return column;
  }
}
