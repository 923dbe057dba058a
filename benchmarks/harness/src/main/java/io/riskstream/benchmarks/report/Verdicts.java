package io.riskstream.benchmarks.report;

import io.riskstream.benchmarks.goal.Scorecard;
import io.riskstream.benchmarks.latency.LatencyReport;
import io.riskstream.cli.ending.Verdict;
import io.riskstream.cli.ending.Verdict.Outcome;
import java.util.List;

/**
 * What a run comes to: it passes if every contender was right and could be measured, no probe of a
 * latency was lost, and no target that it is held to is missed.
 */
public final class Verdicts {
  private Verdicts() {}

  /** Returns the verdict on what was right. */
  public static Verdict of(List<CaseReport> reports) {
    return with(new Verdict(allRanked(reports) ? Outcome.PASS : Outcome.FAIL), reports);
  }

  /** Returns the verdict on a pipeline that ran already. */
  public static Verdict of(LatencyReport report) {
    return new Verdict(report.isRight() ? Outcome.PASS : Outcome.FAIL)
        .with("rates", report.rates().size())
        .with("latency", report.isRight() ? "right" : "failed");
  }

  /** Returns the verdict on speed too. */
  public static Verdict of(List<CaseReport> reports, Scorecard card) {
    var passes = allRanked(reports) && card.met() == card.lines().size();
    var verdict =
        new Verdict(passes ? Outcome.PASS : Outcome.FAIL)
            .with("met", card.met())
            .with("of", card.lines().size())
            .with("not_measured", card.count(Scorecard.Result.NOT_MEASURED));
    return with(verdict, reports);
  }

  private static boolean allRanked(List<CaseReport> reports) {
    var standings = standings(reports);
    return !standings.isEmpty()
        && standings.stream().allMatch(Standing::isRanked)
        && latencies(reports).stream().allMatch(LatencyReport::isRight);
  }

  private static Verdict with(Verdict verdict, List<CaseReport> reports) {
    var standings = standings(reports);
    verdict
        .with("cases", reports.size())
        .with("contenders", standings.size())
        .with("ranked", standings.stream().filter(Standing::isRanked).count())
        .with(
            "wrong",
            standings.stream()
                .filter(one -> one.judgement().filter(found -> !found.isRight()).isPresent())
                .count())
        .with("failed", standings.stream().filter(one -> one.failure().isPresent()).count());
    var latencies = latencies(reports);
    return latencies.isEmpty()
        ? verdict
        : verdict.with(
            "latency", latencies.stream().allMatch(LatencyReport::isRight) ? "right" : "failed");
  }

  private static List<LatencyReport> latencies(List<CaseReport> reports) {
    return reports.stream().flatMap(report -> report.latency().stream()).toList();
  }

  private static List<Standing> standings(List<CaseReport> reports) {
    return reports.stream().flatMap(report -> report.standings().stream()).toList();
  }
}
