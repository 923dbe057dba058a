package io.riskstream.chaos;

import io.riskstream.chaos.fault.Fault;
import io.riskstream.chaos.fault.Proof;
import io.riskstream.chaos.fault.kind.Faults;
import io.riskstream.chaos.job.Errands;
import io.riskstream.chaos.job.RunningJob;
import io.riskstream.chaos.scenario.Errand;
import io.riskstream.chaos.scenario.Scenario;
import io.riskstream.chaos.scenario.Step;
import io.riskstream.chaos.traffic.ScenarioLoad;
import io.riskstream.chaos.watch.Recovery;
import io.riskstream.lifecycle.cluster.LifecycleException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Plays the steps of a scenario by the clock of its load, on the calling thread. Each fault is
 * taken away when its time is over, and all of them at the end. An errand takes the time that it
 * takes; what is due meanwhile comes after it.
 */
final class Play {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

  /** A fault that has struck. */
  private record Struck(Step step, Fault fault, long atMillis) {}

  private final Scenario scenario;
  private final RunningJob job;
  private final ScenarioLoad load;
  private final Errands errands;
  private final Consumer<String> progress;
  private final Map<Step, Fault> faults = new LinkedHashMap<>();
  private final Map<Struck, Duration> lasting = new LinkedHashMap<>();
  private final List<Struck> over = new ArrayList<>();
  private long firstMillis = Long.MAX_VALUE;
  private long lastMillis;

  Play(
      Scenario scenario,
      Map<Step, Fault> faults,
      RunningJob job,
      ScenarioLoad load,
      Errands errands,
      Consumer<String> progress) {
    this.scenario = scenario;
    this.job = job;
    this.load = load;
    this.errands = errands;
    this.progress = progress;
    this.faults.putAll(faults);
  }

  /** Makes the faults of a scenario, none of which has struck yet, by step. */
  static Map<Step, Fault> faults(Scenario scenario) {
    var faults = new LinkedHashMap<Step, Fault>();
    for (var step : scenario.steps()) {
      if (Errand.of(step.word()).isEmpty()) {
        faults.put(step, Faults.of(step.word(), step.given()));
      }
    }
    return faults;
  }

  /** Plays all steps, and waits for the end of the load. */
  void play(Deadline deadline) throws IOException, InterruptedException, LifecycleException {
    var steps = scenario.steps().iterator();
    var next = steps.hasNext() ? steps.next() : null;
    var line = BETWEEN_LINES;
    notePhases();
    while (next != null || !lasting.isEmpty() || !load.isOver()) {
      if (next != null && load.elapsed().compareTo(next.at()) >= 0) {
        take(next);
        next = steps.hasNext() ? steps.next() : null;
      }
      endWhatIsOver();
      if (load.elapsed().compareTo(line) >= 0) {
        progress.accept(line());
        line = load.elapsed().plus(BETWEEN_LINES);
      }
      job.failIfEnded();
      if (deadline.isOver()) {
        throw new IOException("the load is not over at the limit of the scenario: " + line());
      }
      Deadline.pause();
    }
  }

  /** Returns the recovery from the first strike on, if it has happened. */
  Optional<Recovery> recovery() {
    return job.watch().recovery(firstMillis, lastMillis);
  }

  /** Returns when the last fault was taken away. */
  long lastMillis() {
    return lastMillis;
  }

  /** Returns what proves each fault and errand, once the job has recovered. */
  List<Proof> proofs() throws IOException, InterruptedException {
    var proofs = new ArrayList<Proof>();
    for (var struck : over) {
      proofs.add(struck.fault().proof(job.stage()));
    }
    load.phases().proofs().forEach(seen -> proofs.add(new Proof.Hit(seen)));
    load.phases().unproven().forEach(missing -> proofs.add(new Proof.Missing(missing)));
    proofs.addAll(errands.proofs());
    return proofs;
  }

  private void take(Step step) throws IOException, InterruptedException, LifecycleException {
    progress.accept(step.toString());
    var atMillis = System.currentTimeMillis();
    firstMillis = Math.min(firstMillis, atMillis);
    var fault = faults.get(step);
    if (fault == null) {
      errands.run(step);
      lastMillis = Math.max(lastMillis, System.currentTimeMillis());
      return;
    }
    fault.strike(job.stage());
    var struck = new Struck(step, fault, atMillis);
    lasting.put(
        struck,
        step.length()
            .map(length -> load.elapsed().plus(length))
            .orElse(scenario.traffic().length()));
  }

  private void endWhatIsOver() throws IOException, InterruptedException {
    for (var entry : List.copyOf(lasting.entrySet())) {
      if (load.elapsed().compareTo(entry.getValue()) >= 0) {
        var struck = entry.getKey();
        struck.fault().end(job.stage());
        progress.accept("over: " + struck.step());
        lastMillis = Math.max(lastMillis, System.currentTimeMillis());
        lasting.remove(struck);
        over.add(struck);
      }
    }
  }

  private void notePhases() {
    var startMillis = System.currentTimeMillis();
    for (var phase : scenario.traffic().phases()) {
      firstMillis = Math.min(firstMillis, startMillis + phase.at().toMillis());
      lastMillis = Math.max(lastMillis, startMillis + phase.end().toMillis());
    }
  }

  private String line() {
    var sent = load.progress();
    var now = job.watch().now();
    return "sent %,d, acknowledged %,d; job %s, %d of %d tasks, %d checkpoints, %d restarts"
        .formatted(
            sent.sent(),
            sent.acknowledged(),
            now.isAnswered() ? now.state() : "gives no answer",
            now.runningTasks(),
            now.tasks(),
            now.completedCheckpoints(),
            job.restarts());
  }
}
