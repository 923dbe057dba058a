package io.riskstream.chaos;

import io.riskstream.chaos.mutant.Patch;
import io.riskstream.chaos.mutant.PatchException;
import io.riskstream.chaos.mutant.PatchedJar;
import io.riskstream.chaos.report.Result;
import io.riskstream.chaos.report.Result.Conclusion;
import io.riskstream.chaos.scenario.ShippedScenarios;
import io.riskstream.lifecycle.program.JobJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs builds that break a guarantee. A mutant is killed if its scenario finds something missing,
 * double or different with it, and nothing with the right build; a run that only broke down, or
 * could not be judged, kills nothing.
 */
public final class MutantTrial {
  /**
   * What became of a mutant.
   *
   * @param reason by which figure it was killed, or why it was not
   */
  public record Outcome(String mutant, String scenario, boolean isKilled, String reason) {}

  private final Series series;
  private final JobJar jar;
  private final Path checkout;
  private final Path jars;
  private final Consumer<String> out;
  private final Map<String, Result> controls = new LinkedHashMap<>();
  private final List<Outcome> outcomes = new ArrayList<>();

  /**
   * @param checkout with the sources
   * @param jars folder for the builds
   */
  public MutantTrial(Series series, JobJar jar, Path checkout, Path jars, Consumer<String> out) {
    this.series = series;
    this.jar = jar;
    this.checkout = checkout;
    this.jars = jars;
    this.out = out;
  }

  /** Returns the outcomes so far. */
  public List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  /** Runs the mutants, and first, with the right build, each scenario that they need. */
  public void run(List<Patch> mutants) throws IOException, InterruptedException, PatchException {
    for (var mutant : mutants) {
      ShippedScenarios.find(mutant.killedBy().orElseThrow());
    }
    var built = new LinkedHashMap<Patch, Path>();
    for (var mutant : mutants) {
      built.put(
          mutant,
          PatchedJar.make(
              mutant,
              checkout,
              jar.file(),
              jar.flinkJars(),
              jars.resolve("mutant-" + mutant.name() + ".jar")));
    }
    out.accept(mutants.size() + " mutants are built");
    for (var mutant : mutants) {
      outcomes.add(run(mutant, built.get(mutant), mutants.size()));
      var outcome = outcomes.get(outcomes.size() - 1);
      out.accept(
          "mutant %s %s: %s"
              .formatted(
                  outcome.mutant(), outcome.isKilled() ? "killed" : "SURVIVED", outcome.reason()));
    }
  }

  private Outcome run(Patch mutant, Path file, int of) throws IOException, InterruptedException {
    var name = mutant.killedBy().orElseThrow();
    var scenario = ShippedScenarios.find(name);
    var control = controls.get(name);
    if (control == null) {
      control = series.run(scenario, jar, "control", "control-" + name);
      controls.put(name, control);
    }
    if (control.conclusion() != Conclusion.PASS) {
      return new Outcome(
          mutant.name(),
          name,
          false,
          "the right build is no PASS in " + name + ", so that a FAIL says nothing");
    }
    var label = "mutant " + (outcomes.size() + 1) + "/" + of;
    var build = new JobJar(file, jar.flinkJars());
    var result = series.run(scenario, build, label, "mutant-" + mutant.name());
    var wrong = result.wrongFigures();
    if (result.conclusion() == Conclusion.FAIL && !wrong.isEmpty()) {
      return new Outcome(mutant.name(), name, true, name + " " + String.join(" ", wrong));
    }
    return new Outcome(
        mutant.name(),
        name,
        false,
        name
            + " is "
            + result.conclusion()
            + (result.problems().isEmpty() ? "" : ": " + result.problems().get(0)));
  }
}
