package io.riskstream.rules.condition;

/**
 * The limits that hold of a condition's text, looked at before a parser sees it: what passes cannot
 * exhaust the parser's stack.
 */
final class ConditionText {
  static final int MOST_CHARACTERS = 4_096;
  static final int MOST_NESTING = 32;

  private final String text;
  private int at;
  private int line = 1;
  private int lineStart;

  private ConditionText(String text) {
    this.text = text;
  }

  /** Refuses a text that is too long, or whose brackets nest too deeply. */
  static void check(String text) throws ConditionException {
    if (text.codePointCount(0, text.length()) > MOST_CHARACTERS) {
      throw new ConditionException(
          "it has %,d characters, and the limit is %,d; split it into several rules"
              .formatted(text.codePointCount(0, text.length()), MOST_CHARACTERS),
          1,
          1);
    }
    if (text.isBlank()) {
      throw new ConditionException("it is empty; write a condition such as count > 100", 1, 1);
    }
    new ConditionText(text).checkNesting();
  }

  private void checkNesting() throws ConditionException {
    var open = 0;
    while (at < text.length()) {
      var unit = text.charAt(at);
      switch (unit) {
        case '(', '[', '{' -> {
          if (++open > MOST_NESTING) {
            throw tooDeep(line, at - lineStart + 1);
          }
        }
        case ')', ']', '}' -> open--;
        case '"', '\'' -> skipString(unit);
        case '/' -> skipComment();
        case '\n' -> nextLine();
        default -> {
          // no bracket
        }
      }
      at++;
    }
  }

  static ConditionException tooDeep(int line, int column) {
    return new ConditionException(
        "it nests deeper than %d; split it into several rules".formatted(MOST_NESTING),
        line,
        column);
  }

  private void skipString(char quote) {
    var raw = at > 0 && (text.charAt(at - 1) == 'r' || text.charAt(at - 1) == 'R');
    var triple = String.valueOf(quote).repeat(3);
    var end = text.startsWith(triple, at) ? triple : String.valueOf(quote);
    at += end.length();
    while (at < text.length() && !text.startsWith(end, at)) {
      if (text.charAt(at) == '\\' && !raw) {
        at++;
      }
      if (at < text.length() && text.charAt(at) == '\n') {
        nextLine();
      }
      at++;
    }
    at += end.length() - 1;
  }

  private void skipComment() {
    if (text.startsWith("//", at)) {
      var end = text.indexOf('\n', at);
      at = end < 0 ? text.length() - 1 : end - 1;
    }
  }

  private void nextLine() {
    line++;
    lineStart = at + 1;
  }
}
