package io.riskstream.cli.chaos;

import io.riskstream.chaos.MutantTrial;
import io.riskstream.chaos.Series;
import io.riskstream.chaos.mutant.Patch;
import io.riskstream.chaos.mutant.PatchException;
import io.riskstream.chaos.mutant.Patches;
import io.riskstream.chaos.report.Result;
import io.riskstream.chaos.report.Result.Conclusion;
import io.riskstream.chaos.report.ResultTable;
import io.riskstream.chaos.scenario.Scenario;
import io.riskstream.chaos.scenario.ShippedScenarios;
import io.riskstream.cli.ending.StopSignals;
import io.riskstream.cli.ending.Verdict;
import io.riskstream.cli.ending.Verdict.Outcome;
import io.riskstream.cluster.FlinkJars;
import io.riskstream.cluster.JobJarFile;
import io.riskstream.lifecycle.program.JobJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Faults, rehearsed: scenarios, or the mutants that they must find. */
@Command(
    name = "chaos",
    description = {
      "Rehearses faults on a real cluster of processes: load, a fault that is proven to have hit,",
      "recovery, and exact sets after it. Needs no server; each scenario starts its own."
    },
    sortOptions = false)
final class ChaosCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Choice choice;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "the same seed sends the same events (${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--folder",
      defaultValue = "chaos-data",
      description = "where everything is written (${DEFAULT-VALUE})")
  private Path folder;

  @Option(
      names = "--keep",
      description = "keep the folder of a scenario that has passed; others are kept in any case")
  private boolean keep;

  /** What is to be run. */
  static final class Choice {
    @Option(
        names = "--scenario",
        arity = "1..*",
        paramLabel = "NAME|FILE",
        description = "scenarios by name, or files of your own")
    private List<String> scenarios;

    @Option(names = "--all", description = "all scenarios, about 40 minutes")
    private boolean all;

    @Option(
        names = "--mutants",
        description = "builds that break a guarantee; a scenario must fail with each of them")
    private boolean mutants;

    @Option(
        names = "--mutant",
        arity = "1..*",
        paramLabel = "NAME",
        description = "only these mutants")
    private List<String> mutant;

    @Option(names = "--list", description = "print the names of all scenarios and mutants")
    private boolean list;
  }

  @Override
  public Integer call() throws Exception {
    if (choice.list) {
      list();
      return 0;
    }
    var scenarios = scenarios(); // before anything is started: a file may be wrong
    var mutants = mutants();
    Files.createDirectories(folder);
    System.setProperty("riskstream.log", folder.resolve("chaos.log").toString());
    var jar = new JobJar(JobJarFile.find(), FlinkJars.find());
    var series = new Series(seed, folder, keep, this::print);
    StopSignals.onStop(series::stop);
    return mutants.isEmpty() ? run(series, scenarios, jar) : tryMutants(series, mutants, jar);
  }

  private List<Scenario> scenarios() throws IOException {
    if (choice.all) {
      return ShippedScenarios.all();
    }
    var scenarios = new ArrayList<Scenario>();
    for (var name : choice.scenarios == null ? List.<String>of() : choice.scenarios) {
      scenarios.add(ShippedScenarios.find(name));
    }
    return scenarios;
  }

  private List<Patch> mutants() throws PatchException {
    if (choice.mutants) {
      return Patches.mutants();
    }
    var mutants = new ArrayList<Patch>();
    for (var name : choice.mutant == null ? List.<String>of() : choice.mutant) {
      mutants.add(Patches.mutant(name));
    }
    return mutants;
  }

  private int run(Series series, List<Scenario> scenarios, JobJar jar) throws IOException {
    var stopped = false;
    try {
      for (var number = 1; number <= scenarios.size(); number++) {
        var scenario = scenarios.get(number - 1);
        var label = number + "/" + scenarios.size();
        var unused = series.run(scenario, jar, label, scenario.name()); // the series keeps it
      }
    } catch (InterruptedException asked) {
      stopped = true;
    }
    var results = series.results();
    ResultTable.lines(results).forEach(this::print);
    var inconclusive = count(results, Conclusion.INCONCLUSIVE);
    var failed = count(results, Conclusion.FAIL);
    var outcome =
        failed > 0
            ? Outcome.FAIL
            : inconclusive > 0 || stopped ? Outcome.INCONCLUSIVE : Outcome.PASS;
    var verdict =
        new Verdict(outcome)
            .with("scenarios", results.size())
            .with("failed", failed)
            .with("inconclusive", inconclusive)
            .with("missing", sum(results, "missing"))
            .with("double", sum(results, "double"))
            .with("stale_max", String.format(Locale.ROOT, "%.1fs", stalest(results)));
    if (stopped) {
      verdict.with("stopped_before", scenarios.get(results.size()).name());
    }
    print(verdict.toString());
    return outcome.exitStatus();
  }

  private int tryMutants(Series series, List<Patch> mutants, JobJar jar)
      throws IOException, PatchException {
    var checkout = Path.of(System.getProperty("riskstream.home", "")).toAbsolutePath();
    var trial = new MutantTrial(series, jar, checkout, folder.resolve("jars"), this::print);
    var stopped = false;
    try {
      trial.run(mutants);
    } catch (InterruptedException asked) {
      stopped = true;
    }
    ResultTable.lines(series.results()).forEach(this::print);
    trial
        .outcomes()
        .forEach(
            mutant ->
                print(
                    "%-40s %-8s %s"
                        .formatted(
                            mutant.mutant(),
                            mutant.isKilled() ? "killed" : "SURVIVED",
                            mutant.reason())));
    var killed = trial.outcomes().stream().filter(MutantTrial.Outcome::isKilled).count();
    var outcome =
        killed == mutants.size()
            ? Outcome.PASS
            : stopped && killed == trial.outcomes().size() ? Outcome.INCONCLUSIVE : Outcome.FAIL;
    print(new Verdict(outcome).with("killed", killed).with("of", mutants.size()).toString());
    return outcome.exitStatus();
  }

  private void list() throws IOException, PatchException {
    for (var scenario : ShippedScenarios.all()) {
      print("%-28s %s".formatted(scenario.name(), scenario.title()));
    }
    for (var mutant : Patches.mutants()) {
      print(
          "%-28s %s (%s)"
              .formatted(mutant.name(), mutant.title(), mutant.killedBy().orElse("no scenario")));
    }
  }

  private void print(String line) {
    var out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  private static long count(List<Result> results, Conclusion conclusion) {
    return results.stream().filter(result -> result.conclusion() == conclusion).count();
  }

  private static long sum(List<Result> results, String figure) {
    return results.stream().mapToLong(result -> result.count(figure)).sum();
  }

  private static double stalest(List<Result> results) {
    return results.stream().mapToDouble(Result::staleSeconds).max().orElse(0);
  }
}
