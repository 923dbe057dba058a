package io.riskstream.cli;

import io.riskstream.cli.ending.FailureReport;
import io.riskstream.cli.option.ConfigOptionsMixin;
import io.riskstream.cli.rules.DimensionsCommand;
import io.riskstream.cli.rules.RulesCommand;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The command line; each subcommand is one class of this package. A command that fails says why in
 * a sentence and exits with 1, wrong arguments exit with 2.
 */
@Command(
    name = "riskstream",
    description = "Real-time user risk on Apache Flink.",
    mixinStandardHelpOptions = true,
    versionProvider = Riskstream.Version.class,
    scope = ScopeType.INHERIT,
    subcommands = {
      ConfigCommand.class,
      DeadLettersCommand.class,
      DimensionsCommand.class,
      HotCommand.class,
      PipelineCommand.class,
      RulesCommand.class,
      TopicsCommand.class,
      SchemaCommand.class,
      VerifyCommand.class,
    })
public final class Riskstream {
  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Where a command fails, print the stack trace too.")
  private boolean stacktrace;

  /** Commands that the job jar leaves out, as it has neither servers nor generators. */
  private static final List<String> COMMANDS_OF_THE_DISTRIBUTION =
      List.of(
          "DemoCommand",
          "LoadCommand",
          "ProduceCommand",
          "lifecycle.SubmitCommand",
          "lifecycle.StatusCommand",
          "lifecycle.UpgradeCommand",
          "lifecycle.RollbackCommand",
          "lifecycle.RescaleCommand",
          "lifecycle.StopCommand",
          "cluster.ClusterCommand",
          "chaos.ChaosCommand");

  private Riskstream() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) {
    var status = execute(arguments);
    if (System.getProperty(ConfigOptionsMixin.HOME) != null) {
      System.exit(status);
    }
    // Within a Flink client or JobManager, whose JVM is not ours to end.
    if (status != 0) {
      throw new IllegalStateException("riskstream ended with status " + status);
    }
  }

  /** Runs one command and returns its exit status. */
  static int execute(String... arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    var root = new Riskstream();
    var commands = new CommandLine(root);
    for (var name : COMMANDS_OF_THE_DISTRIBUTION) {
      commandIfPresent(name).ifPresent(commands::addSubcommand);
    }
    return commands
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> FailureReport.print(failure, command, root.stacktrace));
  }

  private static Optional<Class<?>> commandIfPresent(String name) {
    try {
      return Optional.of(Class.forName(Riskstream.class.getPackageName() + "." + name));
    } catch (ClassNotFoundException inTheJobJar) {
      return Optional.empty();
    }
  }

  /** The version of the build. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
      var properties = new Properties();
      try (var resource = Riskstream.class.getResourceAsStream("version.properties")) {
        properties.load(new InputStreamReader(resource, StandardCharsets.UTF_8));
      }
      return new String[] {"riskstream " + properties.getProperty("version")};
    }
  }
}
