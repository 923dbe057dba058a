package io.riskstream.demo.figures;

import io.riskstream.demo.output.JobOutput;
import io.riskstream.load.LoadResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The figures that the demo shows each second, as a line and as a table. For one thread. */
public final class Figures {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final int USERS_IN_LINE = 3;
  private static final int USERS_IN_TABLE = 5;
  private static final int ALERTS_IN_TABLE = 5;

  /** Those that windows.live has by default. */
  private static final List<String> WINDOWS = List.of("1m/30s", "5m/1m");

  private static final List<String> TYPES_OF_WINDOWS =
      List.of("failed_login", "purchase", "page_view");

  private final MetricsBoard board;
  private final Supplier<LoadResult> load;
  private final HotStoreView hotStore;
  private final JobOutput output;
  private final Supplier<List<String>> faults;
  private final long startNanos;
  private final Map<String, Long> greatest = new HashMap<>();
  private long lastNanos;
  private long lastIn;
  private long lastOut;
  private long in;
  private long out;
  private double seconds;

  /**
   * @param faults where the faults stand, a line each
   */
  public Figures(
      MetricsBoard board,
      Supplier<LoadResult> load,
      HotStoreView hotStore,
      JobOutput output,
      Supplier<List<String>> faults,
      long startNanos) {
    this.board = board;
    this.load = load;
    this.hotStore = hotStore;
    this.output = output;
    this.faults = faults;
    this.startNanos = startNanos;
    this.lastNanos = startNanos;
  }

  /** Shows the figures of now. */
  public void show(Screen screen, long nowNanos) throws IOException {
    output.readOn();
    in = load.get().events();
    out = shown(MetricsBoard.RECEIVED_EXACT, board::counted);
    seconds = Math.max(1e-3, (nowNanos - lastNanos) / NANOS_PER_SECOND);
    var elapsed = (nowNanos - startNanos) / NANOS_PER_SECOND;
    screen.figures(() -> line(elapsed), () -> table(elapsed));
    lastNanos = nowNanos;
    lastIn = in;
    lastOut = out;
  }

  /**
   * Records a second into Kafka and out of the intake, how many are between, what became of all so
   * far, milliseconds from Kafka to Redis, and the highest scores.
   */
  private String line(double elapsedSeconds) {
    return String.format(
        Locale.ROOT,
        "%4.0f s  in %,d/s  out %,d/s  lag %,d  accepted %,d  duplicate %,d  late %,d"
            + "  dead-lettered %,d  to Redis p50 %.0f ms p99 %.0f ms  alerts %s  ruleset %s"
            + "  top %s",
        elapsedSeconds,
        rate(in, lastIn),
        rate(out, lastOut),
        lag(),
        shown(MetricsBoard.ACCEPTED_EXACT, () -> board.sum(MetricsBoard.ACCEPTED)),
        shown(MetricsBoard.DUPLICATE_EXACT, () -> board.sum(MetricsBoard.DUPLICATE)),
        shown(MetricsBoard.LATE_EXACT, () -> board.sum(MetricsBoard.LATE)),
        shown(MetricsBoard.DEAD_LETTERED_EXACT, () -> board.sum(MetricsBoard.DEAD_LETTERED)),
        board.latencyMillis(0.5),
        board.latencyMillis(0.99),
        output.alerts().line(),
        ruleset(),
        hotStore.highest(USERS_IN_LINE));
  }

  private List<String> table(double elapsedSeconds) {
    var rows = new ArrayList<String>();
    rows.add(row("", "%.0f s", elapsedSeconds));
    rows.add(row("in", "%,d records/s, %,d in all", rate(in, lastIn), in));
    rows.add(row("out", "%,d records/s, lag %,d", rate(out, lastOut), lag()));
    rows.add(
        row(
            "became",
            "accepted %,d  duplicate %,d  late %,d  dead-lettered %,d",
            shown(MetricsBoard.ACCEPTED_EXACT, () -> board.sum(MetricsBoard.ACCEPTED)),
            shown(MetricsBoard.DUPLICATE_EXACT, () -> board.sum(MetricsBoard.DUPLICATE)),
            shown(MetricsBoard.LATE_EXACT, () -> board.sum(MetricsBoard.LATE)),
            shown(MetricsBoard.DEAD_LETTERED_EXACT, () -> board.sum(MetricsBoard.DEAD_LETTERED))));
    rows.add(
        row(
            "to Redis",
            "p50 %.0f ms  p99 %.0f ms%s",
            board.latencyMillis(0.5),
            board.latencyMillis(0.99),
            board.greatest(MetricsBoard.HOT_STORE_DEGRADED) > 0 ? "  DEGRADED" : ""));
    rows.add(row("ruleset", "%s", ruleset()));
    rows.add(
        row(
            "beside",
            "%,d profile updates, %,d documents: %s",
            load.get().profiles(),
            load.get().documents(),
            output.documents().line()));
    WINDOWS.forEach(
        window -> rows.add(row(window, "%s", hotStore.window(window, TYPES_OF_WINDOWS))));
    rows.add(row("top", "%s", hotStore.highest(USERS_IN_TABLE)));
    rows.add(row("alerts", "%s", output.alerts().line()));
    faults.get().forEach(fault -> rows.add(row("fault", "%s", fault)));
    hotStore.newestAlerts(ALERTS_IN_TABLE).forEach(alert -> rows.add(row("alert", "%s", alert)));
    return rows;
  }

  /** Event time of generated events is the clock's. */
  private String ruleset() {
    return output.documents().rulesetAt(System.currentTimeMillis());
  }

  /** The counters, which are quicker, until a restart has set them back; never less than before. */
  private long shown(String total, LongSupplier counter) {
    var now = board.greatest(MetricsBoard.RESTARTS) == 0 ? counter.getAsLong() : board.total(total);
    return greatest.merge(total, now, Math::max);
  }

  private long rate(long now, long before) {
    return Math.round((now - before) / seconds);
  }

  private long lag() {
    return Math.max(0, in - out);
  }

  private static String row(String name, String format, Object... values) {
    return String.format(Locale.ROOT, "%9s  " + format, concat(name, values));
  }

  private static Object[] concat(String name, Object... values) {
    var all = new Object[values.length + 1];
    all[0] = name;
    System.arraycopy(values, 0, all, 1, values.length);
    return all;
  }
}
