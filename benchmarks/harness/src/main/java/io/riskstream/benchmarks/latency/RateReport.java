package io.riskstream.benchmarks.latency;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What was found at one rate.
 *
 * @param percent of the most that riskstream keeps up with in this run; 0 for a rate that was asked
 *     for
 * @param eventsPerSecond as planned
 * @param events planned in all, warm-up included; each has been acknowledged if there is no problem
 * @param achievedPerSecond acknowledged by Kafka while it was measured
 * @param acknowledgedByKafka of all events: what of the other latencies is Kafka's and the load's
 * @param cores used by whom, from the load's begin to its end
 * @param problems why the figures do not count; empty if they do
 */
public record RateReport(
    int percent,
    double eventsPerSecond,
    long events,
    double achievedPerSecond,
    Percentiles acknowledgedByKafka,
    Percentiles visibleInRedis,
    Percentiles alertReadable,
    Percentiles visibleInLake,
    Cores cores,
    List<String> problems) {
  public RateReport {
    problems = List.copyOf(problems);
  }

  /**
   * Processor time, in seconds of it for each second: cores.
   *
   * @param harness the load, the three readers, and what their JVM does besides
   */
  public record Cores(
      double job,
      double redis,
      double harness,
      double redisReader,
      double alertReader,
      double lakeReader) {
    /** Takes sums of seconds, and returns what each second between the two took. */
    static Cores between(Cores before, Cores after, double seconds) {
      return new Cores(
          (after.job - before.job) / seconds,
          (after.redis - before.redis) / seconds,
          (after.harness - before.harness) / seconds,
          (after.redisReader - before.redisReader) / seconds,
          (after.alertReader - before.alertReader) / seconds,
          (after.lakeReader - before.lakeReader) / seconds);
    }
  }

  /** One without figures. */
  static RateReport failed(LatencyPart.Rate rate, String reason) {
    var nothing = Percentiles.ofMicros(new Histogram(1));
    var idle = new Cores(0, 0, 0, 0, 0, 0);
    return new RateReport(
        rate.percent(),
        rate.eventsPerSecond(),
        0,
        0,
        nothing,
        nothing,
        nothing,
        nothing,
        idle,
        List.of(reason));
  }

  /**
   * A distribution of latencies, to three significant digits; all are 0 where nothing was counted.
   *
   * @param count how many latencies it sums up
   */
  public record Percentiles(
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

    /** Returns it by name, less so many milliseconds each. */
    Map<String, Double> less(double millis) {
      return Map.of(
          "p50", p50Millis - millis,
          "p95", p95Millis - millis,
          "p99", p99Millis - millis,
          "p999", p999Millis - millis,
          "max", maxMillis - millis);
    }

    private static double millis(Histogram micros, double percentile) {
      return micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }
  }
}
