package io.riskstream.cli.rules;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.rules.document.RulesetReader;
import io.riskstream.source.control.DocumentGates;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file with a ruleset, read as the running job would judge it. */
final class RulesetFile {
  private RulesetFile() {}

  static RulesetReader.Result read(Path file, RiskstreamConfig config) throws IOException {
    try {
      return RulesetReader.read(Files.readString(file), new DocumentGates(config).compiler());
    } catch (MalformedInputException notUtf8) {
      throw new IOException(file + " is no text in UTF-8; save it as that", notUtf8);
    }
  }

  /** Returns each problem as a line that an editor can jump to. */
  static List<String> problems(Path file, RulesetReader.Result read) {
    return read.problems().stream()
        .map(
            problem ->
                "%s:%d:%d: %s".formatted(file, problem.line(), problem.column(), problem.message()))
        .toList();
  }
}
