package io.riskstream.cli;

import io.riskstream.cli.ending.StopSignals;
import io.riskstream.cli.option.ConfigOptionsMixin;
import io.riskstream.cli.option.DurationConverter;
import io.riskstream.cli.option.RunMode;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.pipeline.PipelineJob;
import io.riskstream.run.AvailableNow;
import io.riskstream.run.Interval;
import io.riskstream.run.NotYetException;
import io.riskstream.source.StartupChecks;
import io.riskstream.source.avro.RegistryCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptionsMixin options;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "continuous",
      converter = RunMode.Converter.class,
      description = {
        "continuous (default); available-now reads what is there at its start, and the next such run",
        "goes on from there; interval=10m does so every 10 minutes until it is stopped (Ctrl-C)."
      })
  private RunMode mode;

  @Option(
      names = "--drain",
      description = "With available-now: the last run, which makes everything final.")
  private boolean drain;

  @Option(
      names = "--time-limit",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "With available-now or interval: longest that a run may read, such as 30min.")
  private Duration timeLimit;

  @Override
  public Integer call() throws Exception {
    if (drain && !(mode instanceof RunMode.AvailableNow)) {
      throw new ParameterException(
          spec.commandLine(),
          "--drain makes a run the last one: it goes with --mode available-now");
    }
    if (timeLimit != null && mode instanceof RunMode.Continuous) {
      throw new ParameterException(
          spec.commandLine(), "--time-limit goes with --mode available-now or interval");
    }
    var config = options.load();
    if (mode instanceof RunMode.Continuous) {
      runForEver(config);
      return 0;
    }
    if (config.run().statePath() == null) {
      throw new ParameterException(
          spec.commandLine(),
          "run.state-path is not set: a run that ends needs a folder to leave its state in, such as"
              + " -Drun.state-path=file:///var/lib/riskstream/runs");
    }
    var stop = new CountDownLatch(1);
    StopSignals.onStop(stop::countDown);
    if (mode instanceof RunMode.Every every) {
      Interval.repeat(() -> runOnce(config, stop), every.interval(), stop, this::print);
    } else {
      runOnce(config, stop);
    }
    return 0;
  }

  private AvailableNow.Ending runOnce(RiskstreamConfig config, CountDownLatch stop)
      throws Exception {
    var problems = problems(config);
    if (!problems.isEmpty()) {
      throw new NotYetException(cannotStart(problems));
    }
    return new AvailableNow(config, drain, timeLimit, stop, this::print).run();
  }

  private void print(String line) {
    var out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  private static List<String> problems(RiskstreamConfig config) throws InterruptedException {
    var problems = new ArrayList<>(StartupChecks.problems(config.kafka()));
    problems.addAll(RegistryCheck.problems(config.schemaRegistry()));
    return problems;
  }

  private static String cannotStart(List<String> problems) {
    return "the job cannot start:\n  " + String.join("\n  ", problems);
  }

  private static void runForEver(RiskstreamConfig config) throws Exception {
    var problems = problems(config);
    if (!problems.isEmpty()) {
      throw new IllegalStateException(cannotStart(problems));
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
  }
}
