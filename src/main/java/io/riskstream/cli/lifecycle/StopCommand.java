package io.riskstream.cli.lifecycle;

import io.riskstream.cli.ending.Verdict;
import io.riskstream.cli.ending.Verdict.Outcome;
import io.riskstream.lifecycle.cluster.CheckpointReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stops a job behind a savepoint; without one only where that is asked for by its name. */
@Command(
    name = "stop",
    description = {
      "Stops the job behind a savepoint, waits until it has ended, and prints the savepoint's path.",
      "Its outputs are committed then, and submit --from goes on from there."
    })
final class StopCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions cluster;
  @Mixin private SavepointOption savepoints;

  @Parameters(
      arity = "0..1",
      paramLabel = "JOB",
      description = "Id or name (the only one that runs).")
  private String job;

  @Option(
      names = "--drain",
      description = "The last stop: all that is pending is made final. Nothing goes on from it.")
  private boolean drain;

  @Option(
      names = "--abandon",
      description = "Cancels without a savepoint; the last retained checkpoint stays.")
  private boolean abandon;

  @Override
  public Integer call() throws Exception {
    if (drain && abandon) {
      throw new ParameterException(
          spec.commandLine(),
          "--drain makes everything final and --abandon nothing: give one of them");
    }
    var out = spec.commandLine().getOut();
    var lifecycle = savepoints.applyTo(cluster.lifecycle(out));
    var verdict = new Verdict(Outcome.PASS);
    if (abandon) {
      var ended = lifecycle.abandon(job);
      var path = ended.checkpoint().map(CheckpointReport::path).orElse("");
      out.println(
          path.isEmpty()
              ? "There is no checkpoint of it; what it had read since its start is not committed."
              : "What it had read since its last checkpoint is not committed, and is read again by:\n"
                  + "  riskstream submit --from "
                  + path);
      verdict.with("job", ended.id()).with("state", ended.state()).with("checkpoint", path);
    } else {
      var path = lifecycle.stop(job, drain);
      out.println(
          drain
              ? "All is final and committed. Begin anew with another kafka.group-id and lake.path."
              : "Go on with: riskstream submit --from " + path);
      verdict.with("state", "FINISHED").with("savepoint", path);
    }
    out.println(verdict);
    out.flush();
    return Outcome.PASS.exitStatus();
  }
}
