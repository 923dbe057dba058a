package io.riskstream.benchmarks.latency;

import io.riskstream.benchmarks.latency.RateReport.Percentiles;
import java.io.PrintStream;
import java.util.Locale;

/** Prints latencies for a person, and says what they are of. */
public final class LatencyTable {
  private final PrintStream out;

  public LatencyTable(PrintStream out) {
    this.out = out;
  }

  /** Prints all rates. */
  public void print(LatencyReport report) {
    out.printf(
        Locale.ROOT,
        """

          latency in ms, open loop: from when an event was to be sent, late or not, to when a reader
          sees what came of it; %.0f s after a warm-up of %.0f s
            in Redis: total_events of its user counts it; asked for each 1 to 2 ms, or at 1 %% of the
              latency if that is more
            alert: the alert that it raises is read by a read_committed consumer, whose fetches last
              20 ms at most
            in the lake: its row is in a visible file of the dataset events; looked for each 20 ms
        """,
        report.measuredSeconds(),
        report.warmUpSeconds());
    var terms = report.termsOrNull();
    if (terms != null && !report.rates().isEmpty()) {
      out.printf(
          Locale.ROOT,
          "  one job for all rates, which drained %,d events before; it commits each %,d ms; none of"
              + " these waits for%n  events to be final: watermark delay %.0f s, lateness %.0f s%n",
          terms.drainedBefore(),
          terms.checkpointMillis(),
          terms.watermarkDelaySeconds(),
          terms.allowedLatenessSeconds());
      if (terms.sustainedPerSecond() > 0) {
        out.printf(
            Locale.ROOT,
            "  with the load on the same machine it keeps up with %,.0f events/s, of which the rates"
                + " are shares%n",
            terms.sustainedPerSecond());
      }
    }
    report.rates().forEach(rate -> print(rate, terms != null));
    report.problems().forEach(problem -> out.println("  FAILED: " + problem));
    if (terms != null && report.isRight()) {
      out.println("  and everything that the job has written is right");
    }
  }

  private void print(RateReport rate, boolean isOwn) {
    out.printf(
        Locale.ROOT,
        "%n  %,.0f events/s planned, %,.0f achieved%n",
        rate.eventsPerSecond(),
        rate.achievedPerSecond());
    if (rate.events() > 0) {
      printFigures(rate, isOwn);
    }
    if (rate.problems().isEmpty()) {
      out.printf(
          Locale.ROOT,
          "    every probe was seen, and all %,d events were acknowledged%n",
          rate.events());
    }
    rate.problems().forEach(problem -> out.println("    FAILED: " + problem));
  }

  private void printFigures(RateReport rate, boolean isOwn) {
    out.printf(
        "    %-22s %10s %10s %10s %10s %10s %9s%n",
        "", "p50", "p95", "p99", "p99.9", "max", "count");
    print("visible in Redis", rate.visibleInRedis());
    print("alert readable", rate.alertReadable());
    if (rate.visibleInLake().count() > 0) {
      print("visible in the lake", rate.visibleInLake());
    }
    print("acknowledged by Kafka", rate.acknowledgedByKafka());
    var cores = rate.cores();
    if (isOwn) {
      out.printf(
          Locale.ROOT,
          "    CPU in cores: job %.2f, which is %,.0f µs for an event; Redis %.2f%n",
          cores.job(),
          cores.job() * 1e6 / rate.eventsPerSecond(),
          cores.redis());
    }
    out.printf(
        Locale.ROOT,
        "    CPU in cores: load and readers %.2f,"
            + " of it the readers of Redis %.3f, of alerts %.3f, of the lake %.3f%n",
        cores.harness(),
        cores.redisReader(),
        cores.alertReader(),
        cores.lakeReader());
  }

  private void print(String name, Percentiles found) {
    out.printf(
        Locale.ROOT,
        "    %-22s %10.1f %10.1f %10.1f %10.1f %10.1f %,9d%n",
        name,
        found.p50Millis(),
        found.p95Millis(),
        found.p99Millis(),
        found.p999Millis(),
        found.maxMillis(),
        found.count());
  }
}
