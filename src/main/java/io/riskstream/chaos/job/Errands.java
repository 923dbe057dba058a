package io.riskstream.chaos.job;

import io.riskstream.chaos.fault.Proof;
import io.riskstream.chaos.mutant.PatchException;
import io.riskstream.chaos.mutant.PatchedJar;
import io.riskstream.chaos.mutant.Patches;
import io.riskstream.chaos.scenario.Errand;
import io.riskstream.chaos.scenario.Step;
import io.riskstream.lifecycle.UpgradeTarget;
import io.riskstream.lifecycle.change.ChangeOutcome;
import io.riskstream.lifecycle.cluster.LifecycleException;
import io.riskstream.lifecycle.program.JobJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs the errands of a scenario, and keeps what each of them has shown. For one thread. */
public final class Errands {
  private final RunningJob job;
  private final JobJar jar;
  private final Path configuration;
  private final Map<String, JobJar> builds;
  private final Consumer<String> progress;
  private final List<Proof> proofs = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param jar that the job was submitted from
   * @param configuration of the job
   * @param builds what the job is upgraded to, by version; see {@link #builds}
   */
  public Errands(
      RunningJob job,
      JobJar jar,
      Path configuration,
      Map<String, JobJar> builds,
      Consumer<String> progress) {
    this.job = job;
    this.jar = jar;
    this.configuration = configuration;
    this.builds = Map.copyOf(builds);
    this.progress = progress;
  }

  /**
   * Builds every version that the steps name, which takes a while and is done before the load.
   *
   * @param folder for the jars
   */
  public static Map<String, JobJar> builds(List<Step> steps, JobJar jar, Path folder)
      throws IOException {
    var checkout = Path.of(System.getProperty("riskstream.home", "")).toAbsolutePath();
    var builds = new HashMap<String, JobJar>();
    for (var step : steps) {
      if (Errand.of(step.word()).equals(Optional.of(Errand.UPGRADE))) {
        var version = step.given().get("to");
        var file = folder.resolve(version + ".jar");
        try {
          var built =
              PatchedJar.make(
                  Patches.version(version), checkout, jar.file(), jar.flinkJars(), file);
          builds.put(version, new JobJar(built, jar.flinkJars()));
        } catch (PatchException unbuildable) {
          throw new IOException(unbuildable.getMessage(), unbuildable);
        }
      }
    }
    return builds;
  }

  /** Runs the step's errand; returns when it is done. */
  public void run(Step step) throws IOException, InterruptedException, LifecycleException {
    var errand = Errand.of(step.word()).orElseThrow();
    switch (errand) {
      case UPGRADE -> upgrade(step.given().get("to"), step.given().get("ends"));
      case RESCALE -> rescale(Integer.parseInt(step.given().get("to")));
      case ROUNDS -> rounds(Integer.parseInt(step.given().get("count")));
    }
  }

  /** Returns what shows that each errand was run. */
  public List<Proof> proofs() {
    return List.copyOf(proofs);
  }

  /** Returns what was not as it must be. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  private void upgrade(String version, String ends)
      throws InterruptedException, LifecycleException {
    var outcome = job.lifecycle().upgrade(job.id(), UpgradeTarget.of(builds.get(version)));
    job.follow(outcome.job());
    var returned = outcome.returned();
    proofs.add(
        Proof.of(
            !outcome.savepoint().isEmpty(),
            returned
                    .map(why -> "returned from %s to the version before".formatted(version))
                    .orElse("upgraded to " + version)
                + times(outcome)));
    if (returned.isPresent() != ends.equals("returned")) {
      problems.add(
          "the upgrade to %s was to end %s, but it %s"
              .formatted(
                  version, ends, returned.map(why -> "returned: " + why).orElse("is healthy")));
    }
  }

  private void rescale(int parallelism) throws InterruptedException, LifecycleException {
    var outcome = job.lifecycle().rescale(job.id(), parallelism, jar.flinkJars());
    job.follow(outcome.job());
    proofs.add(
        Proof.of(outcome.returned().isEmpty(), "parallelism " + parallelism + times(outcome)));
  }

  private static String times(ChangeOutcome outcome) {
    return String.format(
        Locale.ROOT,
        " (down %.1f s, first commit %.1f s later)",
        outcome.downtime().toMillis() / 1e3,
        outcome.untilCheckpoint().toMillis() / 1e3);
  }

  private void rounds(int count) throws IOException, InterruptedException, LifecycleException {
    var rounds = new Rounds(job, jar, configuration, progress);
    rounds.run(count);
    proofs.add(Proof.of(rounds.done() == count, rounds.sentence()));
    problems.addAll(rounds.leaks());
  }
}
