package io.riskstream.benchmarks;

import io.riskstream.benchmarks.contender.Contender;
import io.riskstream.benchmarks.goal.Scorecard;
import io.riskstream.benchmarks.goal.Target;
import io.riskstream.benchmarks.goal.TargetsFile;
import io.riskstream.benchmarks.latency.DeployedPart;
import io.riskstream.benchmarks.latency.LatencyPart;
import io.riskstream.benchmarks.latency.LatencyTable;
import io.riskstream.benchmarks.latency.LoadTimes;
import io.riskstream.benchmarks.report.Agreement;
import io.riskstream.benchmarks.report.CaseReport;
import io.riskstream.benchmarks.report.CostModel;
import io.riskstream.benchmarks.report.Figures;
import io.riskstream.benchmarks.report.Page;
import io.riskstream.benchmarks.report.Plots;
import io.riskstream.benchmarks.report.ResultsFile;
import io.riskstream.benchmarks.report.Surroundings;
import io.riskstream.benchmarks.report.Table;
import io.riskstream.benchmarks.report.Verdicts;
import io.riskstream.benchmarks.workload.Broker;
import io.riskstream.benchmarks.workload.Size;
import io.riskstream.cli.ending.Verdict;
import io.riskstream.cli.ending.Verdict.Outcome;
import io.riskstream.config.ConfigLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

  @Spec private CommandSpec spec;

  @Mixin private Selection selection;

  @Option(
      names = "--repetitions",
      paramLabel = "N",
      description = "How often each is measured; 5, and once with --quick.")
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
      names = "--targets",
      paramLabel = "FILE",
      description = "What the figures have to come to; benchmarks/targets.yaml otherwise.")
  private Path targetsFile;

  @Option(
      names = "--latency",
      description =
          "Measures riskstream's latency, too, open loop; a whole comparison always does.")
  private boolean latency;

  @Option(
      names = "--rates",
      split = ",",
      paramLabel = "EVENTS_PER_SECOND",
      description = "For --latency; 10, 50 and 80 %% of what riskstream keeps up with otherwise.")
  private List<Double> rates = List.of();

  @Option(
      names = "--target",
      paramLabel = "HOST:PORT",
      description =
          "Loads the pipeline that runs on this Kafka, at --rates, and measures its latency.")
  private String target;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "For --target: the pipeline's configuration, for its topics, Redis and lake.")
  private Path configFile;

  @Option(
      names = "--profile",
      description = "Lets ours drain each topic once more, sampled: ranking and flame graph.")
  private boolean profile;

  @Option(
      names = "--agree",
      arity = "2",
      paramLabel = "RESULTS",
      description = "Measures nothing, but says whether the ratios of two results.json agree.")
  private List<Path> agreeing = List.of();

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
    if (!agreeing.isEmpty()) {
      return agree();
    }
    var size = selection.size();
    var contenders = selection.contenders(home);
    latency |= selection.isWhole() && target == null && size != Size.SMOKE;
    require(parallelism >= 1 && parallelism <= 16, "--parallelism is from 1 to 16");
    require(repetitions == null || repetitions >= 1, "--repetitions is 1 or more");
    requireRates(contenders);
    if (target != null) {
      return loadTarget(home);
    }
    var targets =
        TargetsFile.read(targetsFile == null ? home.resolve("targets.yaml") : targetsFile);
    var workloads = selection.workloads(home, contenders);
    require(
        !latency
            || !selection.namesCases()
            || workloads.stream().noneMatch(one -> one.users().known()),
        "--latency begins without any users, so that it is not for cases in which they are known");
    var times = size == Size.SMOKE || repetitions == null ? size.repetitions() : repetitions;
    var results = results(home).resolve("results.json");
    var surroundings =
        Surroundings.now(
            System.getProperty(COMMIT, "unknown"), size, parallelism, Broker.PARTITIONS);
    // Latency and profile of one case say what there is to say of a whole comparison.
    var ofCases = selection.namesCases() ? workloads.size() : 1;
    var plan = new Comparison.Plan(contenders, times, parallelism, selection.planted(), size);
    List<CaseReport> reports;
    List<String> problems;
    try (var work = WorkFolder.create(home.resolve("data"));
        var broker = Broker.start(work.path().resolve("kafka"))) {
      var campaign =
          new Campaign(
              plan, broker, workloads, work.path(), line -> System.out.println("… " + line));
      campaign.run(
          results.getParent(),
          profile ? ofCases : 0,
          sofar ->
              ResultsFile.write(results, surroundings, sofar, card(sofar, targets), "unfinished"));
      if (latency) {
        campaign.measureLatency(LatencyPart.Plan.of(rates, size, parallelism), ofCases);
      }
      reports = campaign.reports();
      problems = campaign.problems();
      if (Verdicts.of(reports).outcome() != Outcome.PASS || !problems.isEmpty()) {
        work.keep();
        System.out.println("logs and output of who failed or was wrong: " + work.path());
      }
    }
    var card = card(reports, targets);
    var cost = CostModel.of(reports);
    var verdict = verdict(reports, problems, card);
    ResultsFile.write(results, surroundings, reports, card, verdict.toString());
    var text = text(reports, card, cost);
    System.out.print(text);
    var pictures = Plots.write(results.getParent(), reports, cost);
    Page.write(results.getParent(), surroundings, pictures, text + "\n" + verdict);
    System.out.println("\nevery repetition, and pictures beside it: " + results);
    problems.forEach(System.out::println);
    System.out.println(verdict);
    return verdict.outcome().exitStatus();
  }

  /** Returns what there is to read of a run; that of a smoke run says nothing about speed. */
  private String text(List<CaseReport> reports, Scorecard card, CostModel cost) {
    var text = new ByteArrayOutputStream();
    try (var out = new PrintStream(text, true, StandardCharsets.UTF_8)) {
      reports.forEach(new Table(out)::print);
      if (selection.size() != Size.SMOKE) {
        card.print(out);
        cost.print(out);
      }
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  /** Of a whole comparison each target is asked, of a part of it those that it has measured. */
  private Scorecard card(List<CaseReport> reports, List<Target> targets) {
    var all = Scorecard.of(targets, Figures.of(reports));
    return selection.isWhole() ? all : all.measured();
  }

  private Verdict verdict(List<CaseReport> reports, List<String> problems, Scorecard card) {
    if (!problems.isEmpty()) {
      return new Verdict(Outcome.FAIL).with("problems", problems.size());
    }
    return selection.size() == Size.SMOKE ? Verdicts.of(reports) : Verdicts.of(reports, card);
  }

  /** Holds the ratios of two runs beside each other. */
  private int agree() throws IOException {
    for (var file : agreeing) {
      require(Files.isReadable(file), "--agree: there is no file " + file);
    }
    var agreement = Agreement.of(agreeing.get(0), agreeing.get(1));
    agreement.print(System.out);
    System.out.println(agreement.verdict());
    return agreement.verdict().outcome().exitStatus();
  }

  /** Loads what runs already; it is compared with nobody. */
  private int loadTarget(Path home) throws IOException, InterruptedException {
    require(!rates.isEmpty(), "--target needs --rates: how many events it is sent each second");
    require(
        configFile != null && Files.isReadable(configFile),
        "--target needs --config: the pipeline's own configuration, a file that can be read");
    require(
        !profile && !latency,
        "--target goes with CASE, --rates, --config, --folder, --quick and --smoke only");
    var workload = selection.traffic(home);
    var config = ConfigLoader.load(configFile, Map.of("kafka.bootstrap-servers", target));
    var results = results(home).resolve("results.json");
    var report =
        new DeployedPart(
                rates,
                LoadTimes.ofDeployed(selection.size()),
                config,
                workload,
                results.getParent(),
                line -> System.out.println("… " + line))
            .run();
    new LatencyTable(System.out).print(report);
    var verdict = Verdicts.of(report);
    ResultsFile.write(results, workload, report, verdict.toString());
    System.out.println("\nmanifests of what was sent, and all figures: " + results.getParent());
    System.out.println(verdict);
    return verdict.outcome().exitStatus();
  }

  private void requireRates(List<Contender> contenders) {
    require(latency || target != null || rates.isEmpty(), "--rates is for --latency and --target");
    require(target != null || configFile == null, "--config is for --target");
    require(
        rates.stream().allMatch(rate -> rate >= LatencyPart.LEAST_RATE),
        "--rates are events a second, %.0f or more".formatted(LatencyPart.LEAST_RATE));
    require(
        !latency
            || !rates.isEmpty()
            || contenders.stream().anyMatch(one -> one.name().equals(LatencyPart.CONTENDER)),
        "--latency needs riskstream among --contenders, or --rates");
  }

  private Path results(Path home) {
    var usual = home.resolve("results").resolve(Instant.now().toString().replace(':', '-'));
    return folder == null ? usual : folder.toAbsolutePath();
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), problem);
    }
  }
}
