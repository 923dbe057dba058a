package io.riskstream.benchmarks;

import io.riskstream.benchmarks.contender.Contender;
import io.riskstream.benchmarks.contender.Contenders;
import io.riskstream.benchmarks.contender.flink.Riskstream;
import io.riskstream.benchmarks.workload.Size;
import io.riskstream.benchmarks.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which cases and contenders a run is asked for, and how much of each. */
final class Selection {
  private static final String SUFFIX = ".properties";

  @Spec(Target.MIXEE)
  private CommandSpec spec;

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
      names = "--checkout",
      paramLabel = "NAME=DIR",
      description = "Another version, built there, measured under this name; benchmarks/compare.")
  private Map<String, Path> checkouts = Map.of();

  @Option(
      names = "--plant-error",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Keeps each thousandth event from this peer or ceiling: it must not be ranked.")
  private String planted;

  /** How much is measured. */
  private static final class SizeOption {
    @Option(
        names = "--quick",
        description = "Each once, on a smaller topic, with the first compiler only.")
    private boolean quick;

    @Option(
        names = "--smoke",
        description = "Each once on a tiny topic, compared too: does everything still work?")
    private boolean smoke;
  }

  Size size() {
    return size.smoke ? Size.SMOKE : size.quick ? Size.QUICK : Size.FULL;
  }

  /** Returns the name of the contender that is given a wrong topic; empty for none. */
  String planted() {
    return planted;
  }

  /** Returns whether cases are named. */
  boolean namesCases() {
    return !cases.isEmpty();
  }

  /** Returns whether everybody is measured on everything. */
  boolean isWhole() {
    return cases.isEmpty() && names.isEmpty();
  }

  /** Returns those that are asked for. */
  List<Contender> contenders(Path home) throws IOException {
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

  /** Returns the cases that are asked for; all in which somebody takes part, if none is named. */
  List<Workload> workloads(Path home, List<Contender> contenders) throws IOException {
    var workloads = namesCases() ? named(home, contenders) : all(home, contenders);
    require(
        planted.isEmpty() || workloads.stream().anyMatch(one -> one.isFor(planted)),
        "--plant-error: %s takes part in no case".formatted(planted));
    return workloads;
  }

  /** Returns the one case whose events are sent to a pipeline that runs already. */
  Workload traffic(Path home) throws IOException {
    require(
        names.isEmpty() && checkouts.isEmpty() && planted.isEmpty(),
        "--target has no --contenders, --checkout and --plant-error");
    require(cases.size() <= 1, "--target takes one case, not " + cases);
    var workload = read(home, namesCases() ? cases.get(0) : "uniform");
    require(
        workload.isTrafficOnly(),
        "case %s is not for --target: it is about more than the events that are sent"
            .formatted(workload.name()));
    return workload;
  }

  private List<Workload> named(Path home, List<Contender> contenders) throws IOException {
    var workloads = new ArrayList<Workload>();
    for (var name : new LinkedHashSet<>(cases)) {
      var workload = read(home, name);
      require(
          isMeasured(workload, contenders),
          "case %s is for %s only".formatted(name, workload.contenders()));
      workloads.add(workload);
    }
    return workloads;
  }

  private List<Workload> all(Path home, List<Contender> contenders) throws IOException {
    var workloads = new ArrayList<Workload>();
    try (var files = Files.newDirectoryStream(folder(home), "*" + SUFFIX)) {
      for (var file : files) {
        Workload.read(file, size())
            .filter(workload -> isMeasured(workload, contenders))
            .ifPresent(workloads::add);
      }
    }
    workloads.sort(Comparator.comparing(Workload::isAlone).thenComparing(Workload::name));
    return workloads;
  }

  private Workload read(Path home, String name) throws IOException {
    var file = folder(home).resolve(name + SUFFIX);
    require(Files.isReadable(file), "there is no case " + name + ": no file " + file);
    var workload = Workload.read(file, size());
    require(
        workload.isPresent(),
        "case %s is not for this size: no records.%s in %s".formatted(name, size().key(), file));
    return workload.get();
  }

  private static Path folder(Path home) {
    return home.resolve("workloads");
  }

  private static boolean isMeasured(Workload workload, List<Contender> contenders) {
    return contenders.stream().anyMatch(contender -> workload.isFor(contender.askedForAs()));
  }

  private Contender version(String name, Path checkout) throws IOException {
    require(name.matches("[a-z][a-z0-9-]*"), "--checkout: a name has a-z, 0-9 and -, not " + name);
    require(Files.isDirectory(checkout), "--checkout: there is no folder " + checkout);
    return Riskstream.version(name, checkout.toAbsolutePath());
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), problem);
    }
  }
}
