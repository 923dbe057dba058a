package io.riskstream.benchmarks.report;

import io.riskstream.benchmarks.latency.LatencyReport;
import io.riskstream.cli.ending.Verdict;
import io.riskstream.cli.ending.Verdict.Outcome;
import java.util.List;

/**
 * What a run comes to: it passes if every contender was right and could be measured, and no probe
 * of a latency was lost.
 */
public final class Verdicts {
  private Verdicts() {}

  /** Returns the verdict. */
  public static Verdict of(List<CaseReport> reports) {
    var standings = reports.stream().flatMap(report -> report.standings().stream()).toList();
    var failed = standings.stream().filter(one -> one.failure().isPresent()).count();
    var wrong =
        standings.stream()
            .filter(one -> one.judgement().filter(found -> !found.isRight()).isPresent())
            .count();
    var ranked = standings.stream().filter(Standing::isRanked).count();
    var latencies = reports.stream().flatMap(report -> report.latency().stream()).toList();
    var visible = latencies.stream().allMatch(LatencyReport::isRight);
    var passes = !standings.isEmpty() && ranked == standings.size() && visible;
    var verdict =
        new Verdict(passes ? Outcome.PASS : Outcome.FAIL)
            .with("cases", reports.size())
            .with("contenders", standings.size())
            .with("ranked", ranked)
            .with("wrong", wrong)
            .with("failed", failed);
    return latencies.isEmpty() ? verdict : verdict.with("latency", visible ? "right" : "failed");
  }
}
