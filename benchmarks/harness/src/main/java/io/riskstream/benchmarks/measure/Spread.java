package io.riskstream.benchmarks.measure;

import java.util.Collection;

/** Repetitions of one figure, summed up. */
public record Spread(double min, double median, double max) {
  /** Sums up at least one. */
  public static Spread of(Collection<Double> values) {
    var sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no repetition");
    }
    var middle = sorted.length / 2;
    var median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(sorted[0], median, sorted[sorted.length - 1]);
  }
}
