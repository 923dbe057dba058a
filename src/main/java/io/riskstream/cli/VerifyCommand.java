package io.riskstream.cli;

import io.riskstream.cli.ending.Verdict;
import io.riskstream.cli.option.ConfigOptionsMixin;
import io.riskstream.config.ConfigException;
import io.riskstream.manifest.Manifest;
import io.riskstream.ops.Verification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code riskstream verify}: checks all that the pipeline has written against a manifest of what
 * was sent; changes nothing, and ends with a verdict and its exit status.
 */
@Command(
    name = "verify",
    description = {
      "Holds lake, ledger, alerts, dead letters and hot store, row by row, against what was sent.",
      "The pipeline must have been drained."
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptionsMixin options;

  @Option(
      names = "--manifest",
      required = true,
      paramLabel = "FILE",
      description = "What was sent, as load has written it.")
  private Path manifestFile;

  @Override
  public Integer call() {
    var verdict = verdict();
    print(verdict.toString());
    return verdict.outcome().exitStatus();
  }

  private Verdict verdict() {
    try {
      var findings = new ByteArrayOutputStream();
      var stream = new PrintStream(findings, true, StandardCharsets.UTF_8);
      var result = Verification.run(options.load(), Manifest.read(manifestFile), stream);
      print(findings.toString(StandardCharsets.UTF_8).stripTrailing());
      var verdict = new Verdict(Verdict.Outcome.valueOf(result.conclusion().name()));
      result.figures().forEach(verdict::with);
      return verdict;
    } catch (NoSuchFileException absent) {
      return inconclusive("there is no file " + absent.getMessage());
    } catch (ConfigException | IOException unusable) {
      return inconclusive(unusable.getMessage());
    }
  }

  private Verdict inconclusive(String reason) {
    print("cannot be judged: " + reason);
    return new Verdict(Verdict.Outcome.INCONCLUSIVE);
  }

  private void print(String line) {
    var out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
