package io.riskstream.benchmarks;

import io.riskstream.benchmarks.contender.Contender;
import io.riskstream.benchmarks.contender.Contenders;
import io.riskstream.benchmarks.latency.LatencyPart;
import io.riskstream.benchmarks.report.CaseReport;
import io.riskstream.benchmarks.report.ResultsFile;
import io.riskstream.benchmarks.report.Surroundings;
import io.riskstream.benchmarks.report.Table;
import io.riskstream.benchmarks.report.Verdicts;
import io.riskstream.benchmarks.workload.Broker;
import io.riskstream.benchmarks.workload.Size;
import io.riskstream.benchmarks.workload.Workload;
import io.riskstream.cli.ending.Verdict;
import io.riskstream.cli.ending.Verdict.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures contenders side by side; benchmarks/run builds and starts it. */
@Command(
    name = "benchmarks/run",
    description = "Measures riskstream, peers and ceilings side by side, in one run.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class Benchmarks implements Callable<Integer> {
  private static final String HOME = "benchmarks.home";
  private static final String COMMIT = "benchmarks.commit";

  /** For runs of seconds, whose figures say nothing anyway. */
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CASE", arity = "1..*", description = "Workloads, by name.")
  private List<String> cases;

  @ArgGroup private SizeOption size = new SizeOption();

  @Option(
      names = "--contenders",
      split = ",",
      paramLabel = "NAME",
      description = "Those to be measured, separated by commas; all otherwise.")
  private List<String> names = List.of();

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      description = "How often each is measured; 5, and 3 with --quick.")
  private Integer repetitions;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      defaultValue = "2",
      description = "Of every contender, from 1 to 16; ${DEFAULT-VALUE} if none is given.")
  private int parallelism;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "For results.json; below benchmarks/results otherwise.")
  private Path folder;

  @Option(
      names = "--plant-error",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Keeps each thousandth event from this peer or ceiling: it must not be ranked.")
  private String planted;

  @Option(
      names = "--latency",
      description =
          "Measures riskstream's latency, too, open loop; each case's after the rest of it.")
  private boolean latency;

  @Option(
      names = "--rates",
      split = ",",
      paramLabel = "EVENTS_PER_SECOND",
      description = "For --latency; 10, 50 and 80 % of riskstream's median in this run otherwise.")
  private List<Double> rates = List.of();

  /** How much is measured. */
  private static final class SizeOption {
    @Option(names = "--quick", description = "A smaller topic, fewer repetitions.")
    private boolean quick;

    @Option(
        names = "--smoke",
        description = "Each once on a tiny topic, compared too: does everything still work?")
    private boolean smoke;

    Size size() {
      return smoke ? Size.SMOKE : quick ? Size.QUICK : Size.FULL;
    }
  }

  public static void main(String[] args) {
    var command = new CommandLine(new Benchmarks());
    command.setExecutionExceptionHandler(
        (failed, line, parsed) -> {
          System.err.println("benchmarks/run: " + failed.getMessage());
          var verdict = new Verdict(Outcome.INCONCLUSIVE);
          System.out.println(verdict);
          return verdict.outcome().exitStatus();
        });
    System.exit(command.execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var home = Path.of(System.getProperty(HOME, "benchmarks")).toAbsolutePath().normalize();
    var contenders = contenders(home);
    require(parallelism >= 1 && parallelism <= 16, "--parallelism is from 1 to 16");
    require(repetitions == null || repetitions >= 1, "--repetitions is 1 or more");
    requireRates(contenders);
    var workloads = workloads(home);
    var smoke = size.size() == Size.SMOKE;
    var times = repetitions != null ? repetitions : size.size().repetitions();
    var options = smoke ? QUICK_START : "";
    var plan = new Comparison.Plan(contenders, smoke ? 0 : times, parallelism, planted, options);
    var surroundings =
        Surroundings.now(
            System.getProperty(COMMIT, "unknown"),
            size.size().key(),
            parallelism,
            Broker.PARTITIONS);
    var reports = new ArrayList<CaseReport>();
    try (var work = WorkFolder.create(home.resolve("data"));
        var broker = Broker.start(work.path().resolve("kafka"))) {
      for (var workload : workloads) {
        var place = work.path().resolve(workload.name());
        var comparison =
            new Comparison(plan, broker, workload, place, line -> System.out.println("… " + line));
        var report = comparison.run();
        reports.add(latency ? withLatency(report, broker, place, options) : report);
      }
      if (Verdicts.of(reports).outcome() != Outcome.PASS) {
        work.keep();
        System.out.println("logs and output of who failed or was wrong: " + work.path());
      }
    }
    var table = new Table(System.out);
    reports.forEach(table::print);
    var verdict = Verdicts.of(reports);
    var results = results(home).resolve("results.json");
    ResultsFile.write(results, surroundings, reports, verdict.toString());
    System.out.println("\nevery repetition: " + results);
    System.out.println(verdict);
    return verdict.outcome().exitStatus();
  }

  private CaseReport withLatency(CaseReport report, Broker broker, Path place, String options)
      throws IOException, InterruptedException {
    var plan = LatencyPart.Plan.of(rates, size.size(), parallelism, options);
    var part =
        new LatencyPart(
            plan, broker, report.workload(), place, line -> System.out.println("… " + line));
    return report.with(part.run(report.oursPerSecond()));
  }

  private void requireRates(List<Contender> contenders) {
    require(latency || rates.isEmpty(), "--rates is for --latency");
    require(
        rates.stream().allMatch(rate -> rate >= LatencyPart.LEAST_RATE),
        "--rates are events a second, %.0f or more".formatted(LatencyPart.LEAST_RATE));
    require(
        !latency
            || !rates.isEmpty()
            || contenders.stream().anyMatch(one -> one.role() == Contender.Role.OURS),
        "--latency needs riskstream among --contenders, or --rates");
  }

  private Path results(Path home) {
    var usual = home.resolve("results").resolve(Instant.now().toString().replace(':', '-'));
    return folder == null ? usual : folder.toAbsolutePath();
  }

  private List<Contender> contenders(Path home) {
    var all = Contenders.all(home);
    var known = all.stream().map(Contender::name).toList();
    for (var name : names) {
      require(known.contains(name), "there is no contender %s, only %s".formatted(name, known));
    }
    // Our own rows name their topic, so that in another one all are wrong, not the planted ones.
    var plantable =
        all.stream().filter(one -> one.role() != Contender.Role.OURS).map(Contender::name).toList();
    require(
        planted.isEmpty() || plantable.contains(planted),
        "--plant-error takes one of %s, not %s; bin/riskstream chaos --mutants does it to riskstream"
            .formatted(plantable, planted));
    return all.stream().filter(one -> names.isEmpty() || names.contains(one.name())).toList();
  }

  private List<Workload> workloads(Path home) throws IOException {
    var workloads = new ArrayList<Workload>();
    for (var name : cases) {
      var file = home.resolve("workloads").resolve(name + ".properties");
      require(Files.isReadable(file), "there is no case " + name + ": no file " + file);
      workloads.add(Workload.read(file, size.size()));
    }
    return workloads;
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), problem);
    }
  }
}
