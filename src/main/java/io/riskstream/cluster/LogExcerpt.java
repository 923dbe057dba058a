package io.riskstream.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a person has to read of a member's log to know why its process has ended. */
final class LogExcerpt {
  private static final int LAST_LINES = 20;
  private static final Pattern BEGIN_OF_ENTRY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T.*");
  private static final String ERROR = " ERROR ";

  private final Deque<String> last = new ArrayDeque<>();
  private final List<String> error = new ArrayList<>();
  private boolean isComplete;

  private LogExcerpt() {}

  /**
   * Returns the first error that has an exception, and the exception's causes: what comes after it
   * is of a process that is ending already. Without one, the last lines.
   */
  static String reasonOfEnd(Stream<String> lines) {
    var excerpt = new LogExcerpt();
    lines.forEachOrdered(excerpt::take);
    return String.join("\n", excerpt.error.size() > 1 ? excerpt.error : excerpt.last);
  }

  private void take(String line) {
    if (last.size() == LAST_LINES) {
      last.removeFirst();
    }
    last.addLast(line);
    if (isComplete) {
      return;
    }
    if (BEGIN_OF_ENTRY.matcher(line).matches()) {
      isComplete = error.size() > 1;
      if (!isComplete) {
        error.clear();
        if (line.contains(ERROR)) {
          error.add(line);
        }
      }
    } else if (!error.isEmpty() && !isFrame(line)) {
      error.add(line);
    }
  }

  private static boolean isFrame(String line) {
    return line.isEmpty() || Character.isWhitespace(line.charAt(0));
  }
}
