package io.riskstream.cli.lifecycle;

import io.riskstream.cluster.FlinkJars;
import io.riskstream.lifecycle.UpgradeTarget;
import io.riskstream.lifecycle.program.JobJar;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Another version in the place of the one that runs; that one again if the new one is unhealthy.
 */
@Command(
    name = "upgrade",
    description = {
      "Puts another version of the job in the place of the one that runs: checks the new jar, graph",
      "and layouts of state before anything is stopped, stops with a savepoint, starts from it,",
      "watches, and puts the former version back by itself if the new one is unhealthy."
    })
final class UpgradeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions cluster;
  @Mixin private SavepointOption savepoints;
  @Mixin private HealthOption health;

  @Parameters(
      arity = "0..1",
      paramLabel = "JOB",
      description = "Id or name (the only one that runs).")
  private String job;

  @Option(names = "--jar", required = true, description = "The job jar of the new version.")
  private Path jar;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Its configuration (that of the version that runs).")
  private Path config;

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      mapFallbackValue = "",
      description = "Overrides a key of the configuration; may be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Of the new version (as before).")
  private int parallelism;

  @Option(
      names = "--former-jar",
      paramLabel = "JAR",
      description = "The jar that runs (the one in the record of deployments).")
  private Path formerJar;

  @Override
  public Integer call() throws Exception {
    var out = spec.commandLine().getOut();
    var flink = FlinkJars.find();
    var target =
        new UpgradeTarget(
            new JobJar(jar, flink),
            Optional.ofNullable(config).map(file -> ProgramArguments.pipeline(file, Map.of())),
            ProgramArguments.overrides(overrides),
            parallelism,
            Optional.ofNullable(formerJar).map(file -> new JobJar(file, flink)));
    var lifecycle = health.applyTo(savepoints.applyTo(cluster.lifecycle(out)));
    return ChangeEnding.print(lifecycle.upgrade(job, target), out);
  }
}
