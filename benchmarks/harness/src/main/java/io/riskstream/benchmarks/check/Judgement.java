package io.riskstream.benchmarks.check;

import java.util.List;

/**
 * Whether a contender's results are what they must be.
 *
 * @param differences the first of them, for a person; empty if there is none
 * @param compared how many results were held against the reference model
 */
public record Judgement(List<String> differences, long compared) {
  public Judgement {
    differences = List.copyOf(differences);
  }

  public static Judgement right(long compared) {
    return new Judgement(List.of(), compared);
  }

  public boolean isRight() {
    return differences.isEmpty();
  }
}
