package io.riskstream.demo.figures;

import io.riskstream.load.LoadResult;
import java.util.Locale;
import java.util.function.Supplier;

/** The line of figures that the demo prints each second. For one thread. */
public final class Figures {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int USERS_SHOWN = 3;

  private final MetricsBoard board;
  private final Supplier<LoadResult> load;
  private final TopUsers topUsers;
  private final long startNanos;
  private long lastNanos;
  private long lastIn;
  private long lastOut;

  public Figures(
      MetricsBoard board, Supplier<LoadResult> load, TopUsers topUsers, long startNanos) {
    this.board = board;
    this.load = load;
    this.topUsers = topUsers;
    this.startNanos = startNanos;
    this.lastNanos = startNanos;
  }

  /**
   * Returns the line: records a second into Kafka and out of the intake, how many are between, what
   * became of all so far, milliseconds from Kafka to Redis, and the highest scores.
   */
  public String line(long nowNanos) {
    var in = load.get().acknowledged();
    var out = board.counted();
    var seconds = Math.max(1e-3, (nowNanos - lastNanos) / NANOS_PER_SECOND);
    var line =
        String.format(
            Locale.ROOT,
            "%4.0f s  in %,d/s  out %,d/s  lag %,d  accepted %,d  duplicate %,d  late %,d"
                + "  dead-lettered %,d  to Redis p50 %.0f ms p99 %.0f ms  top %s",
            (nowNanos - startNanos) / NANOS_PER_SECOND,
            Math.round((in - lastIn) / seconds),
            Math.round((out - lastOut) / seconds),
            Math.max(0, in - out),
            board.sum(MetricsBoard.ACCEPTED),
            board.sum(MetricsBoard.DUPLICATE),
            board.sum(MetricsBoard.LATE),
            board.sum(MetricsBoard.DEAD_LETTERED),
            board.latencyMillis(0.5),
            board.latencyMillis(0.99),
            topUsers.highest(USERS_SHOWN));
    lastNanos = nowNanos;
    lastIn = in;
    lastOut = out;
    return line;
  }
}
