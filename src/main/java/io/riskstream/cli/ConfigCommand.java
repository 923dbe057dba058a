package io.riskstream.cli;

import io.riskstream.cli.ending.Verdict;
import io.riskstream.cli.ending.Verdict.Outcome;
import io.riskstream.cli.option.ConfigOptionsMixin;
import io.riskstream.config.ConfigException;
import io.riskstream.config.ConfigLoader;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.source.StartupChecks;
import io.riskstream.source.avro.RegistryCheck;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at the configuration without running anything. */
@Command(
    name = "config",
    description = "Looks at the configuration.",
    subcommands = {ConfigCommand.Check.class})
final class ConfigCommand {

  /** Prints every problem with its fix, or else what is in effect, secrets masked. */
  @Command(
      name = "check",
      description = {
        "Prints every problem of the configuration with its fix, or else what is in effect.",
        "Unless --offline, also asks broker and schema registry whether the job could start."
      })
  static final class Check implements Callable<Integer> {
    @Mixin private ConfigOptionsMixin config;

    @Option(names = "--offline", description = "Does not connect to Kafka or the registry.")
    private boolean offline;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
      var out = spec.commandLine().getOut();
      ConfigLoader.Loaded loaded;
      try {
        loaded = config.loadWithSettings();
      } catch (ConfigException e) {
        return fail(out, e.problems());
      }
      for (var setting : loaded.settings()) {
        out.println(setting);
      }
      var problems = offline ? List.<String>of() : problemsOfServers(loaded.config());
      return problems.isEmpty() ? pass(out, loaded.settings().size()) : fail(out, problems);
    }

    private static List<String> problemsOfServers(RiskstreamConfig config)
        throws InterruptedException {
      var problems = new ArrayList<>(StartupChecks.problems(config.kafka()));
      problems.addAll(RegistryCheck.problems(config.schemaRegistry()));
      return problems;
    }

    private static int pass(PrintWriter out, int options) {
      return end(out, new Verdict(Outcome.PASS).with("options", options).with("problems", 0));
    }

    private static int fail(PrintWriter out, List<?> problems) {
      problems.forEach(problem -> out.println("problem: " + problem));
      return end(out, new Verdict(Outcome.FAIL).with("problems", problems.size()));
    }

    private static int end(PrintWriter out, Verdict verdict) {
      out.println(verdict);
      out.flush();
      return verdict.outcome().exitStatus();
    }
  }
}
