package io.riskstream.cli.rules;

import io.riskstream.cli.ending.Verdict;
import io.riskstream.cli.ending.Verdict.Outcome;
import io.riskstream.model.RulesetDocument;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code riskstream rules publish}: a ruleset that is wrong is never published. */
@Command(
    name = "publish",
    description = "Checks a ruleset, and publishes it to the running job as the next version.")
final class PublishCommand implements Callable<Integer> {
  @Mixin private Publication publication;

  @Option(
      names = "--id",
      defaultValue = "rules",
      description = "Id of the document, whose versions count up (${DEFAULT-VALUE}).")
  private String id;

  @Parameters(paramLabel = "FILE", description = "The ruleset, YAML or JSON.")
  private Path file;

  @Override
  public Integer call() throws Exception {
    var config = publication.config();
    var read = RulesetFile.read(file, config);
    if (!read.problems().isEmpty()) {
      RulesetFile.problems(file, read).forEach(publication::print);
      var verdict = new Verdict(Outcome.FAIL).with("problems", read.problems().size());
      publication.print(verdict.toString());
      return verdict.outcome().exitStatus();
    }
    return publication.publish(
        config,
        RulesetDocument.KIND,
        id,
        (version, effectiveFrom) ->
            new RulesetDocument(id, version, effectiveFrom, read.rulesetOrNull()));
  }
}
