package io.riskstream.cli.lifecycle;

import io.riskstream.cluster.FlinkJars;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The former version in the place of the one that runs, from a savepoint of now. */
@Command(
    name = "rollback",
    description = {
      "Puts the version that ran before in the place of the one that runs, from a savepoint of now:",
      "nothing is written again. Refused where the former version cannot read that state."
    })
final class RollbackCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions cluster;
  @Mixin private SavepointOption savepoints;
  @Mixin private HealthOption health;

  @Parameters(
      arity = "0..1",
      paramLabel = "JOB",
      description = "Id or name (the only one that runs).")
  private String job;

  @Override
  public Integer call() throws Exception {
    var out = spec.commandLine().getOut();
    var lifecycle = health.applyTo(savepoints.applyTo(cluster.lifecycle(out)));
    return ChangeEnding.print(lifecycle.rollback(job, FlinkJars.find()), out);
  }
}
