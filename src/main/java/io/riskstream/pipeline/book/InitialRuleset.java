package io.riskstream.pipeline.book;

import io.riskstream.activity.ActivityPlan;
import io.riskstream.config.RulesConfig;
import io.riskstream.model.Ruleset;
import io.riskstream.rules.RuleCompiler;
import io.riskstream.rules.RulesetException;
import io.riskstream.rules.Rulesets;
import io.riskstream.rules.document.RulesetReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The ruleset that is in force before all documents: the configured file's, or the job's own. */
public final class InitialRuleset {
  private InitialRuleset() {}

  /**
   * Returns the ruleset, which compiles.
   *
   * @throws IllegalArgumentException if it does not; names the place and the remedy
   */
  public static Ruleset load(RulesConfig config, ActivityPlan plan) {
    var compiler = new RuleCompiler(plan.live(), plan.types());
    var file = config.initialFile();
    try {
      if (!file.isEmpty()) {
        return RulesetReader.read(Files.readString(Path.of(file)), compiler).get();
      }
      compiler.compile(Rulesets.defaults());
      return Rulesets.defaults();
    } catch (RulesetException refused) {
      throw new IllegalArgumentException(
          file.isEmpty()
              ? "the job's own ruleset %s does not fit windows.live: %s; keep its windows there, or name another ruleset by rules.initial"
                  .formatted(Rulesets.defaults().version(), refused.getMessage())
              : "rules.initial: %s:%d:%d: %s; riskstream rules check %s says all that is wrong with it"
                  .formatted(file, refused.line(), refused.column(), refused.getMessage(), file),
          refused);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "rules.initial: " + file + " cannot be read; name a file that can", unreadable);
    }
  }
}
