package io.riskstream.cli.ending;

import java.util.LinkedHashMap;
import java.util.Map;

/** The one line that every checking command ends with, and its exit status. */
public final class Verdict {
  /** What a check can come to. */
  public enum Outcome {
    PASS(0),
    FAIL(1),
    INCONCLUSIVE(2);

    private final int exitStatus;

    Outcome(int exitStatus) {
      this.exitStatus = exitStatus;
    }

    public int exitStatus() {
      return exitStatus;
    }
  }

  private final Outcome outcome;
  private final Map<String, Object> figures = new LinkedHashMap<>();

  public Verdict(Outcome outcome) {
    this.outcome = outcome;
  }

  /** Adds a figure; figures are printed in the order they came. */
  public Verdict with(String key, Object value) {
    figures.put(key, value);
    return this;
  }

  public Outcome outcome() {
    return outcome;
  }

  /** Returns {@code verdict: PASS key=value …}. */
  @Override
  public String toString() {
    var line = new StringBuilder("verdict: ").append(outcome);
    figures.forEach((key, value) -> line.append(' ').append(key).append('=').append(value));
    return line.toString();
  }
}
