package io.riskstream.cli.lifecycle;

import io.riskstream.cli.ending.Verdict;
import io.riskstream.cli.ending.Verdict.Outcome;
import io.riskstream.cli.option.ConfigOptionsMixin;
import io.riskstream.cluster.FlinkJars;
import io.riskstream.cluster.JobJarFile;
import io.riskstream.lifecycle.program.JobJar;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Submits the job, and passes when every task of it runs. */
@Command(
    name = "submit",
    description = {
      "Submits the job to a Flink cluster and waits until every task of it runs.",
      "Configuration, broker and registry are checked here first."
    })
final class SubmitCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions cluster;
  @Mixin private ConfigOptionsMixin config;

  @Option(names = "--jar", description = "The job jar (the one of this installation).")
  private Path jar;

  @Option(
      names = "--from",
      paramLabel = "PATH",
      description = "Savepoint or retained checkpoint to go on from.")
  private String from;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Tasks side by side (as configuration or cluster say).")
  private int parallelism;

  @Override
  public Integer call() throws Exception {
    var out = spec.commandLine().getOut();
    var file = jar == null ? JobJarFile.find() : jar;
    var job =
        cluster
            .lifecycle(out)
            .submit(
                new JobJar(file, FlinkJars.find()),
                ProgramArguments.pipeline(config),
                from,
                parallelism);
    out.println(
        new Verdict(Outcome.PASS).with("job", job).with("web", cluster.cluster().page(job)));
    out.flush();
    return Outcome.PASS.exitStatus();
  }
}
