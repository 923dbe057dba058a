package io.riskstream.cli.rules;

import io.riskstream.cli.ending.Verdict;
import io.riskstream.cli.ending.Verdict.Outcome;
import io.riskstream.cli.option.ConfigOptionsMixin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code riskstream rules check}: says all that is wrong with a ruleset; needs no server. */
@Command(
    name = "check",
    description = "Checks a ruleset, YAML or JSON: each problem with its line and column.")
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptionsMixin options;

  @Parameters(paramLabel = "FILE", description = "The ruleset.")
  private Path file;

  @Override
  public Integer call() throws IOException {
    var read = RulesetFile.read(file, options.load());
    var out = spec.commandLine().getOut();
    RulesetFile.problems(file, read).forEach(out::println);
    var verdict =
        read.problems().isEmpty()
            ? new Verdict(Outcome.PASS)
                .with("rules", read.rulesetOrNull().rules().size())
                .with("weights", read.rulesetOrNull().weightsMicros().size())
                .with("rules_version", read.rulesetOrNull().version())
            : new Verdict(Outcome.FAIL).with("problems", read.problems().size());
    out.println(verdict);
    out.flush();
    return verdict.outcome().exitStatus();
  }
}
