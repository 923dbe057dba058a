package io.riskstream.config;

import java.util.List;
import java.util.stream.Collectors;

/** All that is wrong with a configuration, at once; its message holds no secret. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * One thing that is wrong.
   *
   * @param key the option, or the file where that is itself the problem
   * @param given the value as it was written, masked where it is a secret; null if there is none
   * @param where file and line, {@code -D}, or {@code not set}
   * @param what what is wrong with it
   * @param fix what to do about it
   */
  public record Problem(String key, String given, String where, String what, String fix) {
    /** Returns key, value, place, what is wrong, and the fix, on one line. */
    @Override
    public String toString() {
      var value = given == null ? "" : " = " + given;
      return key + value + " (" + where + "): " + what + "; " + fix;
    }
  }

  private final transient List<Problem> problems;

  ConfigException(List<Problem> problems) {
    super(
        "the configuration has "
            + (problems.size() == 1 ? "a problem:" : problems.size() + " problems:")
            + problems.stream().map(p -> "\n  " + p).collect(Collectors.joining()));
    this.problems = List.copyOf(problems);
  }

  /** Returns the problems, in the order of the options, then of the input. */
  public List<Problem> problems() {
    return problems;
  }
}
