package io.riskstream.cli.rules;

import io.riskstream.cli.option.ConfigOptionsMixin;
import io.riskstream.model.Dimension;
import io.riskstream.model.GatedDocument;
import io.riskstream.model.HotRebuild;
import io.riskstream.model.RuleDefinition;
import io.riskstream.model.RuleDisabled;
import io.riskstream.model.RulesetDocument;
import io.riskstream.model.Suppression;
import io.riskstream.rules.ActiveRules;
import io.riskstream.rules.Rulebook;
import io.riskstream.source.control.DocumentGates;
import io.riskstream.source.control.InitialRuleset;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code riskstream rules show}: what the control topic says, as the job judges it. */
@Command(
    name = "show",
    description = {
      "Shows the rules that are in force now, and the documents that will be.",
      "Of an event that is judged late, those at its own time count."
    })
final class ShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptionsMixin options;

  @Option(names = "--all", description = "Documents of the past too, not only those to come.")
  private boolean all;

  @Override
  public Integer call() throws Exception {
    var config = options.load();
    var gates = new DocumentGates(config);
    var documents = Publication.accepted(config);
    var rulebook = new Rulebook(InitialRuleset.of(config.rules(), gates), gates.compiler());
    documents.forEach(rulebook::add);
    var now = System.currentTimeMillis();
    var out = spec.commandLine().getOut();
    show(out, rulebook.at(now));
    var shown =
        documents.stream()
            .filter(gated -> !(gated.document() instanceof HotRebuild))
            .filter(gated -> all || gated.cutMillis() > now || lasts(gated, now))
            .toList();
    shown.forEach(gated -> out.println(line(gated, now)));
    out.flush();
    return 0;
  }

  private static void show(PrintWriter out, ActiveRules rules) {
    var ruleset = rules.ruleset();
    out.printf(
        "ruleset %s%s%n",
        ruleset.version(),
        rules.documentOffset() < 0
            ? ", the initial one"
            : ", of the document at offset " + rules.documentOffset());
    var enabled = new HashSet<String>();
    ruleset.rules().stream()
        .flatMap(rule -> rule.on().stream())
        .flatMap(type -> rules.eventRules(type).stream())
        .forEach(rule -> enabled.add(rule.definition().id()));
    rules.windowRules().forEach(rule -> enabled.add(rule.definition().id()));
    ruleset.rules().forEach(rule -> out.println(line(rule, enabled.contains(rule.id()))));
  }

  private static String line(RuleDefinition rule, boolean isEnabled) {
    var judged = rule.ofWindows() ? rule.windowOrNull() : String.join(",", sorted(rule));
    return "  rule %s  %s  %s%s  on %s  if %s"
        .formatted(
            rule.id(),
            isEnabled ? "enabled" : "DISABLED",
            rule.severity(),
            rule.shadow() ? "  shadow" : "",
            judged,
            rule.condition().replaceAll("\\s+", " "));
  }

  private static List<String> sorted(RuleDefinition rule) {
    return rule.on().stream().sorted().toList();
  }

  /** Of a suppression, its span says whether it still matters; a dimension always may. */
  private static boolean lasts(GatedDocument gated, long nowMillis) {
    return gated.document() instanceof Suppression suppression
        ? suppression.untilMillis() > nowMillis
        : gated.document() instanceof Dimension;
  }

  private static String line(GatedDocument gated, long nowMillis) {
    var document = gated.document();
    return "%s  %s %s version %d  from %s  offset %d  %s"
        .formatted(
            gated.cutMillis() > nowMillis ? "to come" : "known  ",
            document.kind(),
            document.id(),
            document.version(),
            Instant.ofEpochMilli(gated.cutMillis()),
            gated.offset(),
            content(gated));
  }

  private static String content(GatedDocument gated) {
    var document = gated.document();
    if (document instanceof RulesetDocument ruleset) {
      return "%s, %d rules"
          .formatted(ruleset.ruleset().version(), ruleset.ruleset().rules().size());
    }
    if (document instanceof RuleDisabled disabled) {
      return "rule %s: %s".formatted(disabled.ruleId(), disabled.reason());
    }
    if (document instanceof Suppression suppression) {
      return "user %s, rule %s, %s to %s: %s"
          .formatted(
              suppression.userIdOrNull() == null ? "any" : suppression.userIdOrNull(),
              suppression.ruleIdOrNull() == null ? "any" : suppression.ruleIdOrNull(),
              Instant.ofEpochMilli(suppression.fromMillis()),
              Instant.ofEpochMilli(suppression.untilMillis()),
              suppression.reason());
    }
    return document instanceof Dimension dimension
        ? "of %s, %d values".formatted(dimension.attribute(), dimension.values().size())
        : "";
  }
}
