package io.riskstream.cli;

import io.riskstream.cli.option.SchemaCandidate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks after the schemas of Avro events. */
@Command(
    name = "schema",
    description = "Tests and registers schemas of Avro events.",
    subcommands = {SchemaCommand.Check.class, SchemaCommand.Register.class})
final class SchemaCommand {

  /** Tests a schema against the contract and all that is registered; changes nothing. */
  @Command(
      name = "check",
      description = {
        "Tests a schema against all versions of its subject, backward and forward, and against what"
            + " the pipeline takes.",
        "Prints each incompatibility with version, direction, place and reason."
      })
  static final class Check implements Callable<Integer> {
    @Mixin private SchemaCandidate candidate;

    @Override
    public Integer call() {
      return candidate.checkAnd((verdict, registry, subject, text) -> verdict);
    }
  }

  /** Registers a schema, if the check finds nothing against it. */
  @Command(
      name = "register",
      description = "Registers a schema as its subject's next version, if it passes schema check.")
  static final class Register implements Callable<Integer> {
    @Mixin private SchemaCandidate candidate;

    @Override
    public Integer call() {
      return candidate.checkAnd(
          (verdict, registry, subject, text) ->
              verdict.with("id", registry.register(subject, text)).with("subject", subject));
    }
  }
}
