package io.riskstream.benchmarks.flinksql;

import org.apache.flink.table.functions.AggregateFunction;

/**
 * The risk score of a user in millionths, held between its bounds after each event, as a function
 * of SQL. It takes events in their order and cannot take one back.
 */
public final class ClampedScore extends AggregateFunction<Integer, ClampedScore.Score> {
  private static final long serialVersionUID = 1;
  private static final int HIGHEST_MICROS = 1_000_000;

  /** The state of one user; a structured type to SQL. */
  public static final class Score {
    public int micros;
  }

  @Override
  public Score createAccumulator() {
    return new Score();
  }

  /** Called by generated code, for each event. */
  public void accumulate(Score score, String eventType) {
    score.micros = Math.max(0, Math.min(HIGHEST_MICROS, score.micros + weightMicros(eventType)));
  }

  @Override
  public Integer getValue(Score score) {
    return score.micros;
  }

  private static int weightMicros(String eventType) {
    return switch (eventType) {
      case "failed_login" -> 100_000;
      case "successful_login" -> -50_000;
      default -> 0;
    };
  }
}
