package io.riskstream.ops.check;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is wrong with one dataset: counts everything, keeps the first of it to be named. */
public final class Findings {
  /** The ways in which a row can be wrong. */
  public enum Kind {
    /** Expected, not there. */
    MISSING,
    /** There once more. */
    DOUBLE,
    /** There with another content, or in a wrong place. */
    DIFFERENT,
    /** There, and nothing says that it should be. */
    UNEXPECTED
  }

  private static final int NAMED = 10;

  private final String dataset;
  private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
  private final List<String> named = new ArrayList<>();
  private long found;

  public Findings(String dataset) {
    this.dataset = dataset;
  }

  public void rowFound() {
    found++;
  }

  public void add(Kind kind, String what) {
    counts.merge(kind, 1L, Long::sum);
    if (named.size() < NAMED) {
      named.add(kind.name().toLowerCase(Locale.ROOT) + ": " + what);
    }
  }

  public long found() {
    return found;
  }

  public long count(Kind kind) {
    return counts.getOrDefault(kind, 0L);
  }

  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Prints one line of figures, and one for each finding that is named. */
  public void print(PrintStream out) {
    var line = new StringBuilder(dataset).append(": found ").append(found);
    for (var kind : Kind.values()) {
      line.append(", ")
          .append(kind.name().toLowerCase(Locale.ROOT))
          .append(' ')
          .append(count(kind));
    }
    out.println(line);
    named.forEach(finding -> out.println("  " + finding));
    if (total() > named.size()) {
      out.println("  … and " + (total() - named.size()) + " more");
    }
  }
}
