package io.riskstream.lifecycle.cluster;

/** Finds, in the text of a stack trace, what a person wants to read. */
final class StackTrace {
  private static final String CAUSE = "Caused by: ";
  private static final int MOST_CHARACTERS = 600;

  private StackTrace() {}

  /** Returns the innermost cause that has a message of its own, without its frames. */
  static String sentence(String trace) {
    var found = "";
    for (var line : trace.lines().toList()) {
      var isCause = line.startsWith(CAUSE);
      if (isCause || found.isEmpty()) {
        var text = isCause ? line.substring(CAUSE.length()) : line;
        found = text.contains(": ") || found.isEmpty() ? text : found;
      }
    }
    return found.length() > MOST_CHARACTERS ? found.substring(0, MOST_CHARACTERS) + "…" : found;
  }
}
