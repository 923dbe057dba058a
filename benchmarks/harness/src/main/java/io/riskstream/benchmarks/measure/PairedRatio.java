package io.riskstream.benchmarks.measure;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Two contenders turn by turn: what slows the machine down for a while slows both of a turn, and is
 * not in their ratio.
 *
 * @param mean the geometric mean of the turns' ratios
 * @param spread the factor by which a turn's ratio is typically off it: e to the standard deviation
 *     of their logarithms; 1 for a single turn
 */
public record PairedRatio(double mean, double spread) {
  /**
   * Computes it; of turns that only one of them has nothing is known.
   *
   * @param of a figure of each turn, in their order
   * @param to of the same turns
   */
  public static PairedRatio of(List<Double> of, List<Double> to) {
    var logarithms =
        IntStream.range(0, Math.min(of.size(), to.size()))
            .mapToDouble(turn -> Math.log(of.get(turn) / to.get(turn)))
            .toArray();
    var mean = IntStream.range(0, logarithms.length).mapToDouble(i -> logarithms[i]).average();
    if (mean.isEmpty()) {
      throw new IllegalArgumentException("there is no turn in which both were measured");
    }
    var squares = 0.0;
    for (var logarithm : logarithms) {
      squares += Math.pow(logarithm - mean.getAsDouble(), 2);
    }
    return new PairedRatio(
        Math.exp(mean.getAsDouble()),
        Math.exp(Math.sqrt(squares / Math.max(1, logarithms.length - 1))));
  }
}
