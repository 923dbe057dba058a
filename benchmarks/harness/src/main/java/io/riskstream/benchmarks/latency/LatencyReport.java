package io.riskstream.benchmarks.latency;

import java.util.List;

/**
 * How soon results were visible, rate by rate.
 *
 * @param checkpointMillis how often the job commits
 * @param watermarkDelaySeconds of the job; with the lateness it says when events become final, for
 *     which none of these results waits
 */
public record LatencyReport(
    double warmUpSeconds,
    double measuredSeconds,
    long checkpointMillis,
    double watermarkDelaySeconds,
    double allowedLatenessSeconds,
    List<RateReport> rates) {
  public LatencyReport {
    rates = List.copyOf(rates);
  }

  /** Returns whether at each rate every probe was seen and everything that was written is right. */
  public boolean isRight() {
    return !rates.isEmpty() && rates.stream().allMatch(rate -> rate.problems().isEmpty());
  }
}
