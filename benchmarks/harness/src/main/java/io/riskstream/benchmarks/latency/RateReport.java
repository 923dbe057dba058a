package io.riskstream.benchmarks.latency;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What was found at one rate.
 *
 * @param eventsPerSecond as planned
 * @param events planned in all, warm-up included; each has been acknowledged if there is no problem
 * @param achievedPerSecond acknowledged by Kafka while it was measured
 * @param acknowledgedByKafka of all events: what of the other latencies is Kafka's and the load's
 * @param cores used by whom, from the load's begin to its end
 * @param problems why the figures do not count; empty if they do
 */
record RateReport(
    double eventsPerSecond,
    long events,
    double achievedPerSecond,
    Percentiles acknowledgedByKafka,
    Percentiles visibleInRedis,
    Percentiles alertReadable,
    Percentiles visibleInLake,
    Cores cores,
    List<String> problems) {
  RateReport {
    problems = List.copyOf(problems);
  }

  /**
   * Processor time, in seconds of it for each second: cores.
   *
   * @param harness the load, the three readers, and what their JVM does besides
   */
  record Cores(
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
  static RateReport failed(double eventsPerSecond, String reason) {
    var nothing = Percentiles.ofMicros(new Histogram(1));
    var idle = new Cores(0, 0, 0, 0, 0, 0);
    return new RateReport(
        eventsPerSecond, 0, 0, nothing, nothing, nothing, nothing, idle, List.of(reason));
  }
}
