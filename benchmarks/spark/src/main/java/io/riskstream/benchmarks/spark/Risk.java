package io.riskstream.benchmarks.spark;

import java.io.Serializable;

/** The state of one user, the score in millionths; a bean to Spark. */
public final class Risk implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int HIGHEST_MICROS = 1_000_000;

  private long count;
  private int scoreMicros;

  public long getCount() {
    return count;
  }

  public void setCount(long count) {
    this.count = count;
  }

  public int getScoreMicros() {
    return scoreMicros;
  }

  public void setScoreMicros(int scoreMicros) {
    this.scoreMicros = scoreMicros;
  }

  void add(UserEvent event) {
    count++;
    var score = scoreMicros + weightMicros(event.getEventType());
    scoreMicros = Math.max(0, Math.min(HIGHEST_MICROS, score));
  }

  private static int weightMicros(String eventType) {
    return switch (eventType) {
      case "failed_login" -> 100_000;
      case "successful_login" -> -50_000;
      default -> 0;
    };
  }
}
