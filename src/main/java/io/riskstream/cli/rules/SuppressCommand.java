package io.riskstream.cli.rules;

import io.riskstream.cli.option.TimeConverter;
import io.riskstream.model.Suppression;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code riskstream rules suppress}: passes over the triggers of a user, a rule or both. */
@Command(
    name = "suppress",
    description = "Passes over what a rule says of a user, or of all users, for a span of time.")
final class SuppressCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Publication publication;

  @Option(names = "--user", description = "The user; none for all users.")
  private String user;

  @Option(names = "--rule", description = "Id of the rule; none for all rules.")
  private String rule;

  @Option(
      names = "--from",
      required = true,
      converter = TimeConverter.class,
      description = "Begin, in event time.")
  private Instant from;

  @Option(
      names = "--until",
      required = true,
      converter = TimeConverter.class,
      description = "End, in event time, exclusive.")
  private Instant until;

  @Option(names = "--reason", required = true, description = "For those who ask why.")
  private String reason;

  @Option(
      names = "--id",
      description = "Id of a suppression that this one replaces. Default: a new one.")
  private String id;

  @Override
  public Integer call() throws Exception {
    if (user == null && rule == null) {
      throw new ParameterException(spec.commandLine(), "name --user, --rule or both");
    }
    if (!from.isBefore(until)) {
      throw new ParameterException(spec.commandLine(), "--until must be after --from");
    }
    var suppressionId = id == null ? "by-hand-" + UUID.randomUUID() : id;
    return publication.publish(
        publication.config(),
        Suppression.KIND,
        suppressionId,
        (version, effectiveFrom) ->
            new Suppression(
                suppressionId,
                version,
                effectiveFrom,
                user,
                rule,
                from.toEpochMilli(),
                until.toEpochMilli(),
                reason));
  }
}
