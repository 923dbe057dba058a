package io.riskstream.cli;

import io.riskstream.cli.ending.StopSignals;
import io.riskstream.cli.ending.Verdict;
import io.riskstream.cli.option.DurationConverter;
import io.riskstream.cli.option.OutageConverter;
import io.riskstream.demo.DataFolder;
import io.riskstream.demo.Demo;
import io.riskstream.demo.DemoSettings;
import io.riskstream.demo.StopRequest;
import io.riskstream.demo.faults.FaultPlan;
import io.riskstream.demo.faults.FaultPlan.Outage;
import io.riskstream.demo.figures.Screen;
import io.riskstream.demo.figures.TerminalScreen;
import io.riskstream.load.event.LoadFormat;
import io.riskstream.manifest.Manifest;
import io.riskstream.ops.Verification;
import io.riskstream.pipeline.PipelineJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code riskstream demo}: the whole pipeline on one computer, from events to scores, lake and
 * alerts. Ends with everything committed and verified, also on Ctrl-C.
 */
@Command(
    name = "demo",
    description = {
      "Starts a Kafka, a Redis and a Flink, sends events through the pipeline, shows what happens,"
          + " and in the end verifies every record.",
      "Ends at Ctrl-C, after --duration, or when --input is sent."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--duration",
      converter = DurationConverter.class,
      description = "how long to send, such as 30s (until Ctrl-C)")
  private Duration duration;

  @Option(
      names = "--rate",
      defaultValue = "5000",
      description = "events a second (${DEFAULT-VALUE})")
  private double ratePerSecond;

  @Option(names = "--users", defaultValue = "10000", description = "users (${DEFAULT-VALUE})")
  private int users;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "the same seed sends the same events (${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--format",
      defaultValue = "JSON",
      description =
          "of generated events: json, avro (an older and a newer schema at once, and a schema"
              + " registry) or mixed (${DEFAULT-VALUE})")
  private LoadFormat format;

  @Option(names = "--input", description = "NDJSON file to send instead of generated events")
  private Path input;

  @Option(
      names = "--data-dir",
      defaultValue = "demo-data",
      description = "folder of the demo; emptied at its start (${DEFAULT-VALUE})")
  private Path dataFolder;

  @Option(
      names = "--keep",
      description = "after the verdict leave Kafka and Redis up for other readers, until Ctrl-C")
  private boolean keep;

  @Option(names = "--kafka-port", defaultValue = "0", description = "0 is a free one")
  private int kafkaPort;

  @Option(names = "--redis-port", defaultValue = "0", description = "0 is a free one")
  private int redisPort;

  @Option(names = "--web-port", defaultValue = "0", description = "of Flink's UI; 0 is a free one")
  private int webPort;

  @Option(
      names = "--kill-task-manager-at",
      converter = DurationConverter.class,
      paramLabel = "TIME",
      description = "kill Flink's task manager so long after the start, such as 15s")
  private Duration killTaskManagerAt;

  @Option(
      names = "--redis-outage",
      converter = OutageConverter.class,
      paramLabel = "TIME+LENGTH",
      description = "kill Redis and bring it back empty after a while, such as 20s+8s")
  private Outage redisOutage;

  @Override
  public Integer call() {
    var settings = settings();
    var plan = faultPlan();
    var stop = new StopRequest();
    StopSignals.onStop(stop::make);
    try (var folder = DataFolder.open(dataFolder)) {
      logTo(folder.log());
      return run(settings, plan, folder, stop).exitStatus();
    } catch (Exception failed) { // Flink declares nothing narrower
      System.err.println("error: " + messageOf(failed));
      var verdict = new Verdict(Verdict.Outcome.FAIL).with("reason", "demo-failed");
      System.out.println(verdict);
      return verdict.outcome().exitStatus();
    }
  }

  DemoSettings settings() {
    requirePort("--kafka-port", kafkaPort);
    requirePort("--redis-port", redisPort);
    requirePort("--web-port", webPort);
    require(ratePerSecond > 0, "--rate must be above 0");
    require(users > 0, "--users must be above 0");
    require(duration == null || duration.toMillis() > 0, "--duration must be above 0");
    require(
        input == null || (Files.isRegularFile(input) && Files.isReadable(input)),
        "--input " + input + " is no file that can be read");
    require(
        input == null || format == LoadFormat.JSON,
        "--format is of generated events; the lines of --input are sent as they are");
    return new DemoSettings(
        duration, ratePerSecond, users, seed, input, format, kafkaPort, redisPort, webPort);
  }

  FaultPlan faultPlan() {
    var plan = new FaultPlan(killTaskManagerAt, redisOutage);
    plan.problems(duration).forEach(problem -> require(false, problem));
    return plan;
  }

  private Verdict.Outcome run(
      DemoSettings settings, FaultPlan plan, DataFolder folder, StopRequest stop) throws Exception {
    var screen =
        TerminalScreen.isUsable(TerminalScreen.isStandardOutputATerminal(), System.getenv())
            ? new TerminalScreen(System.out)
            : Screen.ofLines(System.out::println);
    try (var demo = new Demo(PipelineJob::define, settings, plan, folder, stop, screen)) {
      if (!demo.start()) {
        var verdict =
            new Verdict(Verdict.Outcome.INCONCLUSIVE).with("reason", "stopped-before-start");
        System.out.println(verdict);
        return verdict.outcome();
      }
      demo.printAddresses();
      demo.run();
      screen.line("verifying     every output against what was sent");
      var verdict = verify(demo, plan, folder);
      if (keep) {
        System.err.println("Kafka and Redis stay up until Ctrl-C");
        stop.await();
      }
      return verdict;
    }
  }

  private static Verdict.Outcome verify(Demo demo, FaultPlan plan, DataFolder folder)
      throws IOException {
    var result = Verification.run(demo.config(), Manifest.read(folder.manifest()), System.out);
    var faults = demo.faultReport();
    var unproven = new ArrayList<>(faults.unproven());
    unproven.addAll(demo.unproven());
    unproven.forEach(what -> System.out.println("cannot be judged: " + what));
    var outcome = Verdict.Outcome.valueOf(result.conclusion().name());
    var isProven = outcome != Verdict.Outcome.PASS || unproven.isEmpty();
    var verdict = new Verdict(isProven ? outcome : Verdict.Outcome.INCONCLUSIVE);
    result.figures().forEach(verdict::with);
    if (!plan.isEmpty()) {
      verdict
          .with("restarts", faults.restarts())
          .with("replayed", faults.replayed())
          .with("redis_outage", String.format(Locale.ROOT, "%.1fs", faults.redisOutageSeconds()))
          .with("hot_rebuilt", faults.hotRebuilt());
    }
    System.out.println(verdict);
    return verdict.outcome();
  }

  /** Log4j reads this when the first logger is made, which is after it (log4j2-cli.xml). */
  private static void logTo(Path file) {
    System.setProperty("riskstream.log", file.toString());
  }

  private static String messageOf(Exception failed) {
    return failed instanceof IOException && failed.getMessage() != null
        ? failed.getMessage()
        : failed.toString();
  }

  private void requirePort(String option, int port) {
    require(port >= 0 && port <= 65_535, option + " must be 0 or a port");
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }
}
