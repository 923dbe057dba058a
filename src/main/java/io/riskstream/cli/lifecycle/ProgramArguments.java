package io.riskstream.cli.lifecycle;

import io.riskstream.cli.option.ConfigOptionsMixin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The arguments by which a jar's program becomes the job. */
final class ProgramArguments {
  private ProgramArguments() {}

  static List<String> pipeline(Path config, Map<String, String> overrides) {
    var arguments = new ArrayList<>(List.of("pipeline"));
    if (config != null) {
      arguments.add("--config");
      arguments.add(config.toAbsolutePath().toString());
    }
    arguments.addAll(overrides(overrides));
    return arguments;
  }

  static List<String> pipeline(ConfigOptionsMixin options) {
    return pipeline(options.file(), options.overrides());
  }

  static List<String> overrides(Map<String, String> overrides) {
    return overrides.entrySet().stream()
        .map(entry -> "-D" + entry.getKey() + "=" + entry.getValue())
        .toList();
  }
}
