package io.riskstream.cli;

import io.riskstream.config.ConfigException;
import io.riskstream.manifest.Manifest;
import io.riskstream.ops.Verification;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Checks all that the pipeline has written against a manifest of what was sent; changes nothing,
 * and ends with a verdict and its exit status.
 */
@Command(
    name = "verify",
    description =
        "Holds lake, ledger, alerts, dead letters and hot store, row by row, against what was sent."
            + " The pipeline must have been drained.")
final class VerifyCommand implements Callable<Integer> {
  @Option(
      names = "--manifest",
      required = true,
      paramLabel = "FILE",
      description = "What was sent, as load has written it.")
  private Path manifestFile;

  @Mixin private ConfigOptionsMixin options;

  @Override
  public Integer call() {
    Verdict verdict;
    try {
      var config = options.load();
      var result = Verification.run(config, Manifest.read(manifestFile), System.out);
      verdict = new Verdict(Verdict.Outcome.valueOf(result.conclusion().name()));
      result.figures().forEach(verdict::with);
    } catch (NoSuchFileException absent) {
      verdict = inconclusive("there is no file " + absent.getMessage());
    } catch (ConfigException | IOException unusable) {
      verdict = inconclusive(unusable.getMessage());
    }
    System.out.println(verdict);
    return verdict.outcome().exitStatus();
  }

  private static Verdict inconclusive(String reason) {
    System.out.println("cannot be judged: " + reason);
    return new Verdict(Verdict.Outcome.INCONCLUSIVE);
  }
}
