package io.riskstream.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code riskstream schema register}: registers a schema, if {@code schema check} finds nothing
 * against it.
 */
@Command(
    name = "register",
    description = "Registers a schema as its subject's next version, if it passes schema check.")
final class SchemaRegisterCommand implements Callable<Integer> {
  @Mixin private SchemaCandidate candidate;

  @Override
  public Integer call() {
    return candidate.checkAnd(
        (verdict, registry, subject, text) ->
            verdict.with("id", registry.register(subject, text)).with("subject", subject));
  }
}
