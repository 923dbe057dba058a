package io.riskstream.benchmarks;

import io.riskstream.benchmarks.latency.LatencyPart;
import io.riskstream.benchmarks.report.CaseReport;
import io.riskstream.benchmarks.workload.Broker;
import io.riskstream.benchmarks.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * All cases of one run. Whoever is right is measured in turn, through all cases and then from the
 * first again, so that what is set beside each other was measured near to each other.
 */
final class Campaign {
  private final Comparison.Plan plan;
  private final Broker broker;
  private final Path folder;
  private final Consumer<String> progress;
  private final List<Comparison> comparisons = new ArrayList<>();
  private final List<CaseReport> reports = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /** Takes what is known of a campaign that goes on, so that it is not lost with it. */
  @FunctionalInterface
  interface Sofar {
    void known(List<CaseReport> reports) throws IOException;
  }

  /**
   * @param folder for all that is written meanwhile
   */
  Campaign(
      Comparison.Plan plan,
      Broker broker,
      List<Workload> workloads,
      Path folder,
      Consumer<String> progress) {
    this.plan = plan;
    this.broker = broker;
    this.folder = folder;
    this.progress = progress;
    workloads.forEach(
        workload ->
            comparisons.add(new Comparison(plan, broker, workload, place(workload), progress)));
  }

  /**
   * Compares and measures all.
   *
   * @param profiles folder for profiles of ours
   * @param profiled of so many cases, from the first on
   * @param sofar is told each time when something is known of all cases
   */
  void run(Path profiles, int profiled, Sofar sofar) throws IOException, InterruptedException {
    for (var comparison : comparisons) {
      comparison.check();
    }
    for (var comparison : comparisons) {
      comparison.fill();
    }
    for (var repetition = 1; repetition <= plan.turns(); repetition++) {
      for (var comparison : comparisons) {
        comparison.measure(repetition);
      }
      sofar.known(comparisons.stream().map(Comparison::report).toList());
    }
    for (var comparison : comparisons.subList(0, profiled)) {
      problems.addAll(comparison.profile(profiles));
    }
    for (var comparison : comparisons) {
      reports.add(comparison.report());
      comparison.end();
    }
  }

  /**
   * Measures the latency of riskstream, too.
   *
   * @param measured in so many cases, from the first on
   */
  void measureLatency(LatencyPart.Plan latency, int measured)
      throws IOException, InterruptedException {
    for (var i = 0; i < measured; i++) {
      var report = reports.get(i);
      var workload = report.workload();
      var part = new LatencyPart(latency, broker, workload, place(workload), progress);
      reports.set(i, report.with(part.run(report.eventsPerSecond(LatencyPart.CONTENDER))));
    }
  }

  /** Returns what was found. */
  List<CaseReport> reports() {
    return List.copyOf(reports);
  }

  /** Returns what went wrong beside the measurements. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  private Path place(Workload workload) {
    return folder.resolve(workload.name());
  }
}
