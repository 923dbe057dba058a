package io.riskstream.source.control;

import io.riskstream.config.RulesConfig;
import io.riskstream.model.Ruleset;
import io.riskstream.rules.Rulesets;
import io.riskstream.rules.document.RulesetReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The ruleset before all documents: the file that the configuration names, or the default. */
public final class InitialRuleset {
  private InitialRuleset() {}

  /**
   * Reads and compiles it.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it is no ruleset that this job can judge by; the message
   *     has every problem with its place
   */
  public static Ruleset of(RulesConfig rules, DocumentGates gates) throws IOException {
    if (rules.initialFile().isEmpty()) {
      return Rulesets.defaults();
    }
    var file = Path.of(rules.initialFile());
    var read = RulesetReader.read(Files.readString(file), gates.compiler());
    if (read.problems().isEmpty()) {
      return read.rulesetOrNull();
    }
    throw new IllegalArgumentException(
        read.problems().stream()
            .map(
                problem ->
                    "%s:%d:%d: %s"
                        .formatted(file, problem.line(), problem.column(), problem.message()))
            .collect(
                Collectors.joining(
                    System.lineSeparator(),
                    "the file of rules.initial is not used:" + System.lineSeparator(),
                    "")));
  }
}
