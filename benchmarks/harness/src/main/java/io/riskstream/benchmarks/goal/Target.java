package io.riskstream.benchmarks.goal;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * A bound on one figure, or on one beside another.
 *
 * @param target what it is about, for a person
 * @param figure its name, as in {@code uniform/riskstream/events_per_second/median}
 * @param beside the figure that it is divided by; null where it counts by itself
 * @param at on which side of the bounds it has to be
 * @param must what is promised
 * @param aim what would be better
 */
public record Target(
    String target, String figure, String beside, Bound at, double must, double aim) {
  /** Which values are good ones. */
  public enum Bound {
    LEAST,
    MOST;

    boolean holds(double value, double bound) {
      return this == LEAST ? value >= bound : value <= bound;
    }
  }

  public Target {
    if (!at.holds(aim, must)) {
      throw new IllegalArgumentException(
          "%s: the aim %s is weaker than what it must, %s".formatted(target, aim, must));
    }
  }

  /** Returns what it has come to; empty if a figure of it was not measured. */
  OptionalDouble value(Map<String, Double> figures) {
    var own = figures.get(figure);
    if (own == null || beside == null) {
      return own == null ? OptionalDouble.empty() : OptionalDouble.of(own);
    }
    var other = figures.get(beside);
    return other == null ? OptionalDouble.empty() : OptionalDouble.of(own / other);
  }
}
