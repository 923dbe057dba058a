package io.riskstream.benchmarks.latency;

import org.HdrHistogram.Histogram;

/**
 * A distribution of latencies, to three significant digits; all are 0 where nothing was counted.
 *
 * @param count how many latencies it sums up
 */
record Percentiles(
    long count,
    double p50Millis,
    double p95Millis,
    double p99Millis,
    double p999Millis,
    double maxMillis) {
  private static final double MICROS_PER_MILLI = 1000;

  /** Sums up microseconds. */
  static Percentiles ofMicros(Histogram micros) {
    return new Percentiles(
        micros.getTotalCount(),
        millis(micros, 50),
        millis(micros, 95),
        millis(micros, 99),
        millis(micros, 99.9),
        micros.getMaxValue() / MICROS_PER_MILLI);
  }

  private static double millis(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
  }
}
