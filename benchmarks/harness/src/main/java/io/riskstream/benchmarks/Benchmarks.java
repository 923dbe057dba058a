package io.riskstream.benchmarks;

import io.riskstream.benchmarks.contender.Contender;
import io.riskstream.benchmarks.contender.Contenders;
import io.riskstream.benchmarks.contender.flink.Riskstream;
import io.riskstream.benchmarks.goal.Scorecard;
import io.riskstream.benchmarks.goal.Target;
import io.riskstream.benchmarks.goal.TargetsFile;
import io.riskstream.benchmarks.latency.DeployedPart;
import io.riskstream.benchmarks.latency.LatencyPart;
import io.riskstream.benchmarks.latency.LatencyTable;
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
import io.riskstream.benchmarks.workload.Workload;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
  private static final String SUFFIX = ".properties";
  private static final String COMMIT = "benchmarks.commit";

  /** For runs of seconds, whose figures say nothing anyway. */
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "CASE",
      arity = "0..*",
      description = "Workloads, by name; the whole comparison without one.")
  private List<String> cases = List.of();

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
      names = "--checkout",
      paramLabel = "NAME=DIR",
      description = "Another version, built there, measured under this name; benchmarks/compare.")
  private Map<String, Path> checkouts = Map.of();

  @Option(
      names = "--targets",
      paramLabel = "FILE",
      description = "What the figures have to come to; benchmarks/targets.yaml otherwise.")
  private Path targetsFile;

  @Option(
      names = "--plant-error",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Keeps each thousandth event from this peer or ceiling: it must not be ranked.")
  private String planted;

  @Option(
      names = "--latency",
      description =
          "Measures riskstream's latency, too, open loop; a whole comparison always does.")
  private boolean latency;

  @Option(
      names = "--rates",
      split = ",",
      paramLabel = "EVENTS_PER_SECOND",
      description = "For --latency; 10, 50 and 80 %% of riskstream's median in this run otherwise.")
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

  /** How much is measured. */
  private static final class SizeOption {
    @Option(names = "--quick", description = "Each once, on a smaller topic.")
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
    if (!agreeing.isEmpty()) {
      return agree();
    }
    var contenders = contenders(home);
    latency |= isWhole() && target == null && size.size() != Size.SMOKE;
    require(parallelism >= 1 && parallelism <= 16, "--parallelism is from 1 to 16");
    require(repetitions == null || repetitions >= 1, "--repetitions is 1 or more");
    requireRates(contenders);
    if (target != null) {
      return loadTarget(home);
    }
    var targets =
        TargetsFile.read(targetsFile == null ? home.resolve("targets.yaml") : targetsFile);
    var workloads = workloads(home, contenders);
    var smoke = size.size() == Size.SMOKE;
    var times = repetitions != null ? repetitions : size.size().repetitions();
    var options = smoke ? QUICK_START : "";
    var results = results(home).resolve("results.json");
    var surroundings =
        Surroundings.now(
            System.getProperty(COMMIT, "unknown"),
            size.size().key(),
            parallelism,
            Broker.PARTITIONS);
    // Latency and profile of one case say what there is to say of a whole comparison.
    var ofCases = cases.isEmpty() ? 1 : workloads.size();
    var plan = new Comparison.Plan(contenders, smoke ? 0 : times, parallelism, planted, options);
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
        campaign.measureLatency(
            LatencyPart.Plan.of(rates, size.size(), parallelism, options), ofCases);
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
      if (size.size() != Size.SMOKE) {
        card.print(out);
        cost.print(out);
      }
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  /** Of a whole comparison each target is asked, of a part of it those that it has measured. */
  private Scorecard card(List<CaseReport> reports, List<Target> targets) {
    var all = Scorecard.of(targets, Figures.of(reports));
    return isWhole() ? all : all.measured();
  }

  /** Returns whether everybody is measured on everything. */
  private boolean isWhole() {
    return cases.isEmpty() && names.isEmpty();
  }

  private Verdict verdict(List<CaseReport> reports, List<String> problems, Scorecard card) {
    if (!problems.isEmpty()) {
      return new Verdict(Outcome.FAIL).with("problems", problems.size());
    }
    return size.size() == Size.SMOKE ? Verdicts.of(reports) : Verdicts.of(reports, card);
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
        names.isEmpty() && checkouts.isEmpty() && planted.isEmpty() && !profile && !latency,
        "--target goes with CASE, --rates, --config, --folder, --quick and --smoke only");
    require(cases.size() <= 1, "--target takes one case, not " + cases);
    cases = cases.isEmpty() ? List.of("uniform") : cases;
    var workload = workloads(home, List.of()).get(0);
    require(
        workload.isTrafficOnly(),
        "case %s is not for --target: it is about more than the events that are sent"
            .formatted(workload.name()));
    var config = ConfigLoader.load(configFile, Map.of("kafka.bootstrap-servers", target));
    var results = results(home).resolve("results.json");
    var plan = LatencyPart.Plan.of(rates, size.size(), parallelism, "");
    var report =
        new DeployedPart(
                plan,
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

  private List<Contender> contenders(Path home) throws IOException {
    var all = new ArrayList<>(Contenders.all(home));
    for (var checkout : checkouts.entrySet()) {
      all.add(version(checkout.getKey(), checkout.getValue()));
    }
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

  private Contender version(String name, Path checkout) throws IOException {
    require(name.matches("[a-z][a-z0-9-]*"), "--checkout: a name has a-z, 0-9 and -, not " + name);
    require(Files.isDirectory(checkout), "--checkout: there is no folder " + checkout);
    return Riskstream.version(name, checkout.toAbsolutePath());
  }

  /** Returns the cases that are asked for; all in which somebody takes part, if none is named. */
  private List<Workload> workloads(Path home, List<Contender> contenders) throws IOException {
    var folderOfAll = home.resolve("workloads");
    var workloads = new ArrayList<Workload>();
    for (var name : new LinkedHashSet<>(cases)) {
      var file = folderOfAll.resolve(name + SUFFIX);
      require(Files.isReadable(file), "there is no case " + name + ": no file " + file);
      var workload = Workload.read(file, size.size());
      require(
          workload.isPresent(),
          "case %s is not for this size: no records.%s in %s"
              .formatted(name, size.size().key(), file));
      require(
          target != null || isMeasured(workload.get(), contenders),
          "case %s is for %s only".formatted(name, workload.get().contenders()));
      workloads.add(workload.get());
    }
    if (cases.isEmpty()) {
      try (var files = Files.newDirectoryStream(folderOfAll, "*" + SUFFIX)) {
        for (var file : files) {
          Workload.read(file, size.size())
              .filter(workload -> isMeasured(workload, contenders))
              .ifPresent(workloads::add);
        }
      }
      workloads.sort(Comparator.comparing(Workload::isAlone).thenComparing(Workload::name));
    }
    require(
        planted.isEmpty() || workloads.stream().anyMatch(one -> one.isFor(planted)),
        "--plant-error: %s takes part in no case".formatted(planted));
    require(
        !latency || workloads.stream().noneMatch(one -> one.users().known()) || cases.isEmpty(),
        "--latency begins without any users, so that it is not for cases in which they are known");
    return workloads;
  }

  private static boolean isMeasured(Workload workload, List<Contender> contenders) {
    return contenders.stream().anyMatch(contender -> workload.isFor(contender.askedForAs()));
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), problem);
    }
  }
}
