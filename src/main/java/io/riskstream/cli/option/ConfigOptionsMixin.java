package io.riskstream.cli.option;

import io.riskstream.config.ConfigLoader;
import io.riskstream.config.RiskstreamConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options by which every command is given its configuration. */
public final class ConfigOptionsMixin {
  /** Set by bin/riskstream to the folder of the installation. */
  public static final String HOME = "riskstream.home";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The configuration, YAML. Default: flink-conf/riskstream.yaml of the installation.")
  private Path file;

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      mapFallbackValue = "",
      description = "Overrides a key of the configuration; may be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  /** Returns the file to read, or null where there is none. */
  public Path file() {
    var home = System.getProperty(HOME);
    if (file != null || home == null) {
      return file;
    }
    var installed = Path.of(home, "flink-conf", "riskstream.yaml");
    return Files.exists(installed) ? installed : null;
  }

  /** Returns whether there is neither a file nor an override. */
  public boolean isEmpty() {
    return file() == null && overrides.isEmpty();
  }

  /** Returns the overrides, as they were given. */
  public Map<String, String> overrides() {
    return overrides;
  }

  /** Returns the configuration; see {@link ConfigLoader#load}. */
  public RiskstreamConfig load() {
    return ConfigLoader.load(file(), overrides);
  }

  /** Returns the configuration with its settings; see {@link ConfigLoader#loadWithSettings}. */
  public ConfigLoader.Loaded loadWithSettings() {
    return ConfigLoader.loadWithSettings(file(), overrides);
  }
}
