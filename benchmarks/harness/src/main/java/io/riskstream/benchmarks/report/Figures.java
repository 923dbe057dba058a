package io.riskstream.benchmarks.report;

import io.riskstream.benchmarks.measure.Repetition;
import io.riskstream.benchmarks.measure.Spread;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All figures of a run by name, such as {@code uniform/riskstream/events_per_second/median}: of
 * contenders that are ranked and have a steady part.
 */
public final class Figures {
  private Figures() {}

  public static Map<String, Double> of(List<CaseReport> reports) {
    var figures = new TreeMap<String, Double>();
    for (var report : reports) {
      for (var standing : report.standings()) {
        if (standing.isRanked() && !standing.hasNoSteadyPart()) {
          add(figures, report.workload().name() + "/" + standing.name() + "/", standing);
        }
      }
      report
          .latency()
          .ifPresent(
              latency ->
                  latency
                      .figures()
                      .forEach(
                          (name, figure) ->
                              figures.put(report.workload().name() + "/" + name, figure)));
    }
    return figures;
  }

  private static void add(Map<String, Double> figures, String prefix, Standing standing) {
    add(figures, prefix + "events_per_second/", standing.eventsPerSecond());
    add(figures, prefix + "events_per_cpu_second/", standing.eventsPerCpuSecond());
    add(
        figures,
        prefix + "events_per_billion_control_steps/",
        standing.spread(one -> one.steady().eventsPerBillionControlSteps()));
    add(figures, prefix + "memory_bytes/", standing.spread(Repetition::peakMemoryBytes));
    add(figures, prefix + "state_bytes/", standing.spread(one -> one.stateBytes().orElse(0)));
  }

  private static void add(Map<String, Double> figures, String prefix, Spread spread) {
    figures.put(prefix + "min", spread.min());
    figures.put(prefix + "median", spread.median());
    figures.put(prefix + "max", spread.max());
  }
}
