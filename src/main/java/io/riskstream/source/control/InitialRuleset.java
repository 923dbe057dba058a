package io.riskstream.source.control;

import io.riskstream.config.RulesConfig;
import io.riskstream.model.Ruleset;
import io.riskstream.rules.RulesetException;
import io.riskstream.rules.Rulesets;
import io.riskstream.rules.document.RulesetReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The ruleset before all documents: the file that the configuration names, or the default. */
public final class InitialRuleset {
  private InitialRuleset() {}

  /**
   * Reads and compiles it.
   *
   * @throws UncheckedIOException if the file cannot be read
   * @throws IllegalArgumentException if it is no ruleset that this job can judge by; the message
   *     has every problem with its place
   */
  public static Ruleset of(RulesConfig rules, DocumentGates gates) {
    if (rules.initialFile().isEmpty()) {
      return defaults(gates);
    }
    var file = Path.of(rules.initialFile());
    var read = RulesetReader.read(text(file), gates.compiler());
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

  private static Ruleset defaults(DocumentGates gates) {
    try {
      gates.compiler().compile(Rulesets.defaults());
      return Rulesets.defaults();
    } catch (RulesetException refused) {
      throw new IllegalArgumentException(
          "the job's own ruleset %s does not fit windows.live: %s; add that window there, or name another ruleset by rules.initial"
              .formatted(Rulesets.defaults().version(), refused.getMessage()),
          refused);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "the file of rules.initial cannot be read: " + file, unreadable);
    }
  }
}
