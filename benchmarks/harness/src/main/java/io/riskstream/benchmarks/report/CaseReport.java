package io.riskstream.benchmarks.report;

import io.riskstream.benchmarks.workload.Workload;
import java.util.List;

/** All standings of one case. */
public record CaseReport(Workload workload, List<Standing> standings) {
  public CaseReport {
    standings = List.copyOf(standings);
  }
}
