package io.riskstream.cli;

import io.riskstream.pipeline.PipelineJob;
import io.riskstream.source.StartupChecks;
import io.riskstream.source.avro.RegistryCheck;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The job as a Flink cluster runs it. Does not start before broker and registry have passed their
 * checks.
 */
@Command(
    name = "pipeline",
    description = {
      "Runs the pipeline: within a Flink client on its cluster, otherwise in this process.",
      "Checks configuration, broker and schema registry first."
    })
final class PipelineCommand implements Callable<Integer> {
  @Mixin private ConfigOptionsMixin options;

  @Override
  public Integer call() throws Exception {
    var config = options.load();
    var problems = new ArrayList<>(StartupChecks.problems(config.kafka()));
    problems.addAll(RegistryCheck.problems(config.schemaRegistry()));
    if (!problems.isEmpty()) {
      throw new IllegalStateException("the job cannot start:\n  " + String.join("\n  ", problems));
    }
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    PipelineJob.define(environment, config);
    if (!environment.getCheckpointConfig().isCheckpointingEnabled()) {
      throw new IllegalStateException(
          "checkpoints are off, so that nothing would ever be committed; set"
              + " execution.checkpointing.interval in Flink's configuration, or"
              + " flink.execution.checkpointing.interval here");
    }
    environment.execute(config.job().name());
    return 0;
  }
}
