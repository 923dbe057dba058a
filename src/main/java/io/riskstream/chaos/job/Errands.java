package io.riskstream.chaos.job;

import io.riskstream.chaos.fault.Proof;
import io.riskstream.chaos.scenario.Errand;
import io.riskstream.chaos.scenario.Step;
import io.riskstream.lifecycle.cluster.LifecycleException;
import io.riskstream.lifecycle.program.JobJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs the errands of a scenario, and keeps what each of them has shown. For one thread. */
public final class Errands {
  private final RunningJob job;
  private final JobJar jar;
  private final Path configuration;
  private final Path folder;
  private final Consumer<String> progress;
  private final List<Proof> proofs = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param jar that the job was submitted from
   * @param configuration of the job
   * @param folder for jars that are built
   */
  public Errands(
      RunningJob job, JobJar jar, Path configuration, Path folder, Consumer<String> progress) {
    this.job = job;
    this.jar = jar;
    this.configuration = configuration;
    this.folder = folder;
    this.progress = progress;
  }

  /** Runs the step's errand; returns when it is done. */
  public void run(Step step) throws IOException, InterruptedException, LifecycleException {
    var errand = Errand.of(step.word()).orElseThrow();
    switch (errand) {
      case UPGRADE, RESCALE -> throw new IOException(step + " is not built yet"); // TODO
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

  private void rounds(int count) throws IOException, InterruptedException, LifecycleException {
    var rounds = new Rounds(job, jar, configuration, progress);
    rounds.run(count);
    proofs.add(Proof.of(rounds.done() == count, rounds.sentence()));
    problems.addAll(rounds.leaks());
  }
}
