package io.riskstream.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code riskstream schema check}: tests a schema against the contract and all that is registered;
 * changes nothing.
 */
@Command(
    name = "check",
    description = {
      "Tests a schema against all versions of its subject, backward and forward, and against what"
          + " the pipeline takes.",
      "Prints each incompatibility with version, direction, place and reason."
    })
final class SchemaCheckCommand implements Callable<Integer> {
  @Mixin private SchemaCandidate candidate;

  @Override
  public Integer call() {
    return candidate.checkAnd((verdict, registry, subject, text) -> verdict);
  }
}
