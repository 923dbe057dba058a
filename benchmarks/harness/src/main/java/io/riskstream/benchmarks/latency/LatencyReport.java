package io.riskstream.benchmarks.latency;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How soon results were visible, rate by rate.
 *
 * @param warmUpSeconds of each load, in which nothing is counted
 * @param termsOrNull of a job that was started for this, and whose results were all compared; null
 *     for one that ran already
 * @param problems of the whole, beside those of single rates; empty if there are none
 */
public record LatencyReport(
    double warmUpSeconds,
    double measuredSeconds,
    @JsonProperty("terms") Terms termsOrNull,
    List<RateReport> rates,
    List<String> problems) {
  /**
   * What a job was set to.
   *
   * @param checkpointMillis how often it commits
   * @param watermarkDelaySeconds with the lateness it says when events become final, for which none
   *     of the latencies waits
   * @param drainedBefore events that it drained as fast as it could before the first load, so that
   *     it is compiled
   * @param sustainedPerSecond the most that it keeps up with while the load takes its share of the
   *     machine, of which the rates are shares; 0 if they were asked for
   */
  public record Terms(
      long checkpointMillis,
      double watermarkDelaySeconds,
      double allowedLatenessSeconds,
      long drainedBefore,
      double sustainedPerSecond) {}

  public LatencyReport {
    rates = List.copyOf(rates);
    problems = List.copyOf(problems);
  }

  /** Returns whether at each rate every probe was seen and everything that was written is right. */
  public boolean isRight() {
    return !rates.isEmpty()
        && problems.isEmpty()
        && rates.stream().allMatch(rate -> rate.problems().isEmpty());
  }

  /**
   * Returns those figures that targets may name, such as {@code
   * riskstream/latency_50_redis_ms/p99}: of rates that are a share of what was measured, and right.
   */
  public Map<String, Double> figures() {
    var figures = new TreeMap<String, Double>();
    for (var rate : rates) {
      if (termsOrNull != null
          && problems.isEmpty()
          && rate.percent() > 0
          && rate.problems().isEmpty()) {
        var prefix = "%s/latency_%d_".formatted(LatencyPart.CONTENDER, rate.percent());
        add(figures, prefix + "redis_ms/", rate.visibleInRedis().less(0));
        add(figures, prefix + "alert_ms/", rate.alertReadable().less(0));
        add(
            figures,
            prefix + "lake_above_interval_ms/",
            rate.visibleInLake().less((double) termsOrNull.checkpointMillis()));
      }
    }
    return figures;
  }

  private static void add(
      Map<String, Double> figures, String prefix, Map<String, Double> percentiles) {
    percentiles.forEach((name, millis) -> figures.put(prefix + name, millis));
  }
}
