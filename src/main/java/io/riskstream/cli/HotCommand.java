package io.riskstream.cli;

import io.riskstream.cli.option.ConfigOptionsMixin;
import io.riskstream.cli.option.DurationConverter;
import io.riskstream.model.HotRebuild;
import io.riskstream.ops.hot.RebuildProgress;
import io.riskstream.sink.control.ControlTopic;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code riskstream hot}: what can be done about the hot store by hand. */
@Command(
    name = "hot",
    description = "The hot store of a running job.",
    subcommands = HotCommand.Rebuild.class)
final class HotCommand {
  private HotCommand() {}

  /**
   * {@code riskstream hot rebuild}: asks the running job, by a document on the control topic, to
   * write all users to Redis again. Harmless at any time: nothing newer is overwritten.
   */
  @Command(
      name = "rebuild",
      description = {
        "Asks the running job to write every user to Redis again.",
        "The job does so by itself after an outage in which it had to drop users, and when Redis"
            + " comes back empty."
      })
  static final class Rebuild implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ConfigOptionsMixin options;

    @Option(
        names = "--reason",
        defaultValue = "asked for by hand",
        description = "For those who read the control topic (${DEFAULT-VALUE}).")
    private String reason;

    @Option(names = "--wait", description = "Return only when all users are written.")
    private boolean wait;

    @Option(
        names = "--timeout",
        converter = DurationConverter.class,
        defaultValue = "10min",
        description = "With --wait, how long at most (${DEFAULT-VALUE}).")
    private Duration timeout;

    @Override
    public Integer call() throws Exception {
      if (reason.length() > HotRebuild.LONGEST_TEXT) {
        throw new ParameterException(
            spec.commandLine(),
            "--reason is longer than "
                + HotRebuild.LONGEST_TEXT
                + " characters, and the job would refuse it; shorten it");
      }
      var config = options.load();
      var id = "by-hand-" + UUID.randomUUID();
      new ControlTopic(config.kafka())
          .publish(new HotRebuild(id, 1, System.currentTimeMillis(), reason, null, null));
      print("asked for by document " + id + " on topic " + config.kafka().controlTopic());
      if (!wait) {
        print("watch it: redis-cli HGETALL {risk:pipeline}:writers names it in each writer's");
        print("rebuilds once it is through; hot_rebuilt in risk:pipeline counts the users");
        return 0;
      }
      if (new RebuildProgress(URI.create(config.hotStore().uri())).await(id, timeout)) {
        print("all users are written");
        return 0;
      }
      throw new IllegalStateException(
          "the rebuild is not through after "
              + timeout.toSeconds()
              + " s; look whether the job runs (heartbeat in risk:pipeline), and go on waiting");
    }

    private void print(String line) {
      var out = spec.commandLine().getOut();
      out.println(line);
      out.flush();
    }
  }
}
