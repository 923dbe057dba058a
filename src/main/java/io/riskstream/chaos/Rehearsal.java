package io.riskstream.chaos;

import io.riskstream.chaos.fault.Fault;
import io.riskstream.chaos.fault.Proof;
import io.riskstream.chaos.job.Errands;
import io.riskstream.chaos.job.JobKeys;
import io.riskstream.chaos.job.RunningJob;
import io.riskstream.chaos.report.Result;
import io.riskstream.chaos.report.Result.Conclusion;
import io.riskstream.chaos.scenario.Scenario;
import io.riskstream.chaos.scenario.Step;
import io.riskstream.chaos.stage.Stage;
import io.riskstream.chaos.stage.StageSettings;
import io.riskstream.chaos.traffic.CanaryWatch;
import io.riskstream.chaos.traffic.ScenarioLoad;
import io.riskstream.chaos.watch.JobFailure;
import io.riskstream.chaos.watch.Recovery;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.lifecycle.cluster.LifecycleException;
import io.riskstream.lifecycle.program.JobJar;
import io.riskstream.load.LoadResult;
import io.riskstream.manifest.Manifest;
import io.riskstream.ops.Verification;
import io.riskstream.ops.VerificationResult;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One run of a scenario: servers, job and load up, its steps, everything healed, everything taken,
 * the job drained, and what it has written held against what was sent. Every process of it has
 * ended when {@link #run} returns, also where it was interrupted.
 */
final class Rehearsal {
  private static final Duration WAIT_LIMIT = Duration.ofSeconds(90);

  private final Scenario scenario;
  private final JobJar jar;
  private final long seed;
  private final Path folder;
  private final Consumer<String> progress;
  private final Deadline deadline;
  private final List<String> problems = new ArrayList<>();
  private final List<Proof> proofs = new ArrayList<>();
  private Optional<Recovery> recovery = Optional.empty();
  private double staleSeconds;
  private long replayed;

  /**
   * @param folder of all that it writes; empty
   */
  Rehearsal(Scenario scenario, JobJar jar, long seed, Path folder, Consumer<String> progress) {
    this.scenario = scenario;
    this.jar = jar;
    this.seed = seed;
    this.folder = folder;
    this.progress = progress;
    this.deadline = new Deadline(scenario.limit());
  }

  /** Returns how long it has been running. */
  Duration elapsed() {
    return deadline.elapsed();
  }

  /**
   * Runs it.
   *
   * @throws InterruptedException if somebody wants it to end; nothing can be said then
   */
  Result run() throws InterruptedException {
    Map<String, Object> figures = Map.of();
    var conclusion = Conclusion.FAIL;
    try {
      var verified = verified();
      figures = verified.figures();
      conclusion = conclusion(verified);
    } catch (IOException | LifecycleException | RuntimeException failed) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      problems.add(0, sentence(failed));
    }
    return new Result(
        scenario.name(),
        conclusion,
        proofs.isEmpty()
            ? "-"
            : proofs.stream().map(Proof::sentence).collect(Collectors.joining("; ")),
        recovery.map(Recovery::sinceStrike),
        replayed,
        staleSeconds,
        deadline.elapsed(),
        figures,
        proofs.stream().map(Proof::sentence).toList(),
        problems,
        folder);
  }

  private Conclusion conclusion(VerificationResult verified) {
    if (verified.conclusion() == VerificationResult.Conclusion.INCONCLUSIVE) {
      problems.add("the output cannot be judged; see verification.txt");
      return Conclusion.INCONCLUSIVE;
    }
    if (verified.conclusion() == VerificationResult.Conclusion.FAIL) {
      problems.add("the output is wrong; see verification.txt");
      return Conclusion.FAIL;
    }
    if (!problems.isEmpty()) {
      return Conclusion.FAIL;
    }
    proofs.stream()
        .filter(Proof.Missing.class::isInstance)
        .forEach(missing -> problems.add("not proven: " + missing.sentence()));
    return problems.isEmpty() ? Conclusion.PASS : Conclusion.INCONCLUSIVE;
  }

  private VerificationResult verified()
      throws IOException, InterruptedException, LifecycleException {
    var faults = Play.faults(scenario);
    var builds = Errands.builds(scenario.steps(), jar, folder);
    try (var stage = Stage.start(stageSettings(faults))) {
      progress.accept("servers and cluster are up");
      var job = new RunningJob(stage, folder, WAIT_LIMIT, this::lineOfLifecycle);
      try {
        var keys = JobKeys.of(scenario, stage.jobSettings());
        var file = JobKeys.write(folder.resolve("riskstream.yaml"), keys);
        job.submit(jar, file);
        // What dies before is begun anew and says nothing of recovery.
        deadline.await(
            "the first checkpoint is complete", () -> job.watch().now().completedCheckpoints() > 0);
        progress.accept("the job runs");
        var errands = new Errands(job, jar, file, builds, progress);
        var config = JobKeys.load(with(keys, RunningJob.directSettings(stage)));
        play(faults, job, errands, config);
        progress.accept("drained; verifying");
        return verify(config);
      } catch (IOException | LifecycleException | RuntimeException failed) {
        explain(job);
        throw failed;
      } finally {
        // In good order it would take many seconds; the job has ended, or is of no use any more.
        stage.cluster().kill();
      }
    }
  }

  private StageSettings stageSettings(Map<Step, Fault> faults) {
    var disks =
        faults.values().stream()
            .flatMap(fault -> fault.smallDisk().stream())
            .collect(Collectors.toSet());
    var cluster = scenario.cluster();
    return new StageSettings(
        folder,
        scenario.needsRegistry(),
        cluster.taskManagers(),
        cluster.slots(),
        cluster.settings(),
        disks,
        JobKeys.topics(scenario));
  }

  private void play(
      Map<Step, Fault> faults, RunningJob job, Errands errands, RiskstreamConfig config)
      throws IOException, InterruptedException, LifecycleException {
    var stage = job.stage();
    try (var load = new ScenarioLoad(scenario.traffic(), seed, config, manifest());
        var canary = new CanaryWatch(stage.redis().uri(), load);
        var ending = new Ending(config, deadline)) {
      load.start();
      var play = new Play(scenario, faults, job, load, errands, progress);
      play.play(deadline);
      var sent = load.result();
      progress.accept("sent %,d records; waiting until all are taken".formatted(sent.sent()));
      ending.awaitTaken(sent, job);
      deadline.await("the job has recovered", () -> play.recovery().isPresent());
      recovery = play.recovery();
      ending.awaitRebuilt(play.lastMillis(), stage.redis().uri(), canary);
      proofs.addAll(play.proofs());
      problems.addAll(errands.problems());
      staleSeconds = canary.greatestSeconds();
      replayed = Math.max(0, job.recordsRead() - sent.events());
      job.drain();
      requireComplete(sent);
    }
  }

  private static void requireComplete(LoadResult sent) throws IOException {
    if (!sent.isComplete()) {
      throw new IOException(
          "the load is not complete: %d of %d records were acknowledged; %s"
              .formatted(sent.acknowledged(), sent.sent(), sent.firstFailure()));
    }
  }

  private VerificationResult verify(RiskstreamConfig config) throws IOException {
    var file = folder.resolve("verification.txt").toFile();
    try (var out = new PrintStream(file, StandardCharsets.UTF_8)) {
      var result = Verification.run(config, Manifest.read(manifest()), out);
      result.figures().forEach((key, value) -> out.println(key + "=" + value));
      return result;
    }
  }

  private void explain(RunningJob job) throws IOException {
    List<JobFailure> failures = job.isSubmitted() ? job.watch().failuresSince(0) : List.of();
    var now = job.isSubmitted() ? job.watch().now().toString() : "the job was not submitted";
    problems.addAll(Autopsy.write(folder, now, failures));
  }

  private Path manifest() {
    return folder.resolve("manifest.ndjson");
  }

  private static Map<String, String> with(Map<String, String> keys, Map<String, String> more) {
    var all = new LinkedHashMap<>(keys);
    all.putAll(more);
    return all;
  }

  /** Those that are indented say again and again how a wait stands. */
  private void lineOfLifecycle(String line) {
    if (!line.startsWith(" ")) {
      progress.accept(line);
    }
  }

  private static String sentence(Exception failed) {
    var sentence = new StringBuilder();
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      var said = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
      if (sentence.indexOf(said) < 0) { // wrappers often repeat what they wrap
        sentence.append(sentence.length() == 0 ? "" : "; because: ").append(said);
      }
    }
    return sentence.toString();
  }
}
