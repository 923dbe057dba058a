package io.riskstream.cli.lifecycle;

import io.riskstream.cluster.FlinkJars;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The same version with another parallelism; the former parallelism again if it is unhealthy. */
@Command(
    name = "rescale",
    description = {
      "Stops the job with a savepoint and starts the same version from it with parallelism N.",
      "Refused before anything is stopped where slots or key groups are too few."
    })
final class RescaleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions cluster;
  @Mixin private SavepointOption savepoints;
  @Mixin private HealthOption health;

  @Parameters(paramLabel = "N", description = "Tasks side by side.")
  private int parallelism;

  @Option(names = "--job", paramLabel = "JOB", description = "Id or name (the only one that runs).")
  private String job;

  @Override
  public Integer call() throws Exception {
    if (parallelism < 1) {
      throw new ParameterException(spec.commandLine(), "N must be above 0");
    }
    var out = spec.commandLine().getOut();
    var lifecycle = health.applyTo(savepoints.applyTo(cluster.lifecycle(out)));
    return ChangeEnding.print(lifecycle.rescale(job, parallelism, FlinkJars.find()), out);
  }
}
