package io.riskstream.benchmarks.report;

import io.riskstream.benchmarks.latency.LatencyReport;
import io.riskstream.benchmarks.workload.Workload;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All standings of one case.
 *
 * @param latency of riskstream; empty where it was not asked for
 */
public record CaseReport(
    Workload workload, List<Standing> standings, Optional<LatencyReport> latency) {
  public CaseReport {
    standings = List.copyOf(standings);
  }

  /** One of throughput alone. */
  public CaseReport(Workload workload, List<Standing> standings) {
    this(workload, standings, Optional.empty());
  }

  /** Returns the median of a contender's events a second; empty if it is not ranked. */
  public OptionalDouble eventsPerSecond(String contender) {
    return standings.stream()
        .filter(standing -> standing.name().equals(contender) && standing.isRanked())
        .mapToDouble(standing -> standing.eventsPerSecond().median())
        .findFirst();
  }

  /** Returns it with latencies. */
  public CaseReport with(LatencyReport measured) {
    return new CaseReport(workload, standings, Optional.of(measured));
  }
}
