package io.riskstream.config;

import io.riskstream.config.ConfigException.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Loads configurations for tests, with the required keys given and an environment of its own. */
final class ConfigFixture {
  static final Map<String, String> REQUIRED =
      Map.of(
          "kafka.bootstrap-servers", "broker-1:9092,broker-2:9092",
          "lake.path", "file:///lake",
          "hot-store.uri", "redis://localhost:6379/2");

  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "REDIS_PASSWORD",
          "hunter2",
          "REGISTRY",
          "reader:hunter2",
          "JAAS",
          "login password=\"hunter2\";",
          "PERCENT",
          "%zz");

  private ConfigFixture() {}

  /** Returns the configuration of the required keys and, over these, the given ones. */
  static RiskstreamConfig load(Map<String, String> overrides) {
    return loaded(null, overrides).config();
  }

  static ConfigLoader.Loaded loaded(Path file, Map<String, String> overrides) {
    var all = new HashMap<>(file == null ? REQUIRED : Map.<String, String>of());
    all.putAll(overrides);
    return new ConfigLoader(ENVIRONMENT::get).read(file, all);
  }

  /** Returns what is wrong with the required keys and, over these, the given ones. */
  static List<Problem> problems(Map<String, String> overrides) {
    return problems(null, overrides);
  }

  static List<Problem> problems(Path file, Map<String, String> overrides) {
    try {
      loaded(file, overrides);
      return new ArrayList<>();
    } catch (ConfigException e) {
      return e.problems();
    }
  }
}
