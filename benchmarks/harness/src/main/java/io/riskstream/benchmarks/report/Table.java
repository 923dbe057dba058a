package io.riskstream.benchmarks.report;

import io.riskstream.benchmarks.latency.LatencyTable;
import io.riskstream.benchmarks.measure.Repetition;
import io.riskstream.benchmarks.measure.Spread;
import java.io.PrintStream;
import java.util.Locale;

/** Prints a case for a person. */
public final class Table {
  private static final double MEBI = 1 << 20;
  private static final String ROW = "  %-20s %-8s %28s %28s %10s %10s %10s %10s %10s%n";

  private final PrintStream out;

  public Table(PrintStream out) {
    this.out = out;
  }

  /** Prints all standings, ratios last. */
  public void print(CaseReport report) {
    out.printf(
        Locale.ROOT,
        "%n%s: %s; %,d records%n",
        report.workload().name(),
        report.workload().title(),
        report.workload().records());
    out.printf(
        ROW,
        "",
        "as",
        "events/s",
        "events/CPU-second",
        "control ns",
        "memory MB",
        "state MB",
        "server CPU",
        "server MB");
    report.standings().forEach(this::print);
    for (var ratio : Ratio.of(report.standings())) {
      out.printf(
          Locale.ROOT,
          "  worst of %s beside the best of %s: %.2f of its events/s, %.2f of its events/CPU-second (by the control, turn by turn, %.2f ×÷ %.2f)%n",
          ratio.of(),
          ratio.to(),
          ratio.eventsPerSecond(),
          ratio.eventsPerCpuSecond(),
          ratio.inTurn().mean(),
          ratio.inTurn().spread());
    }
    if (report.standings().stream().anyMatch(Standing::hasNoSteadyPart)) {
      out.println(
          "  * no steady part: too short a run, measured from its start, compared with nobody");
    }
    report.latency().ifPresent(new LatencyTable(out)::print);
  }

  private void print(Standing standing) {
    if (!standing.isRanked()) {
      out.printf("  %-20s %s, not ranked%n", standing.name(), reason(standing));
      standing
          .judgement()
          .ifPresent(found -> found.differences().forEach(line -> out.println("    " + line)));
      return;
    }
    out.printf(
        ROW,
        standing.name() + (standing.hasNoSteadyPart() ? " *" : ""),
        standing.role().name().toLowerCase(Locale.ROOT),
        text(standing.eventsPerSecond()),
        text(standing.eventsPerCpuSecond()),
        "%.2f"
            .formatted(standing.spread(one -> one.steady().controlCost().integerNanos()).median()),
        mebibytes(standing.spread(Repetition::peakMemoryBytes).median()),
        mebibytes(standing.spread(one -> one.stateBytes().orElse(0)).median()),
        "%.2f".formatted(standing.spread(one -> one.steady().serverCpuShare()).median()),
        mebibytes(standing.spread(Repetition::serverMemoryBytes).median()));
  }

  private static String reason(Standing standing) {
    return standing.failure().map(failure -> "FAILED: " + failure).orElse(standing.word());
  }

  private static String text(Spread spread) {
    return String.format(
        Locale.ROOT, "%,.0f (%,.0f–%,.0f)", spread.median(), spread.min(), spread.max());
  }

  private static String mebibytes(double bytes) {
    return String.format(Locale.ROOT, "%,.0f", bytes / MEBI);
  }
}
