package io.riskstream.cli.rules;

import io.riskstream.model.RuleDefinition;
import io.riskstream.model.RuleDisabled;
import io.riskstream.model.Ruleset;
import io.riskstream.model.RulesetDocument;
import io.riskstream.source.control.DocumentGates;
import io.riskstream.source.control.InitialRuleset;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code riskstream rules disable}: stops one rule until the next ruleset. */
@Command(
    name = "disable",
    description = "Disables a rule, until a ruleset that is in force later enables it again.")
final class DisableCommand implements Callable<Integer> {
  @Mixin private Publication publication;

  @Parameters(paramLabel = "RULE", description = "Id of the rule.")
  private String rule;

  @Option(names = "--reason", required = true, description = "For those who ask why.")
  private String reason;

  @Override
  public Integer call() throws Exception {
    var config = publication.config();
    var known = new TreeSet<String>();
    Stream.concat(
            Stream.of(InitialRuleset.of(config.rules(), new DocumentGates(config))),
            Publication.accepted(config).stream()
                .map(gated -> gated.document())
                .filter(RulesetDocument.class::isInstance)
                .map(document -> ((RulesetDocument) document).ruleset()))
        .map(Ruleset::rules)
        .forEach(rules -> rules.stream().map(RuleDefinition::id).forEach(known::add));
    if (!known.contains(rule)) {
      throw new IllegalArgumentException(
          "no ruleset has a rule %s; name one of %s".formatted(rule, String.join(", ", known)));
    }
    return publication.publish(
        config,
        RuleDisabled.KIND,
        rule,
        (version, effectiveFrom) -> new RuleDisabled(rule, version, effectiveFrom, rule, reason));
  }
}
