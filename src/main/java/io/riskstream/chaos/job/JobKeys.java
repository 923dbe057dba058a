package io.riskstream.chaos.job;

import io.riskstream.chaos.scenario.Scenario;
import io.riskstream.config.ConfigLoader;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.ops.topics.WantedTopic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The job's settings in a scenario: times of seconds, so that everything becomes final within the
 * run, and no idle partition during an outage.
 */
public final class JobKeys {
  public static final int EVENT_PARTITIONS = 4;

  private static final Map<String, String> USUAL =
      Map.ofEntries(
          Map.entry("time.watermark-delay", "2 s"),
          Map.entry("time.allowed-lateness", "3 s"),
          Map.entry("time.max-future-skew", "5 s"),
          Map.entry("rules.guard", "2 s"),
          // Longer than any outage of a scenario: semantics, section 2.
          Map.entry("time.idle-timeout", "3 min"),
          Map.entry("profiles.idle-timeout", "3 min"),
          Map.entry("flink.state.backend.type", "rocksdb"),
          Map.entry("flink.execution.checkpointing.incremental", "true"),
          Map.entry("flink.execution.checkpointing.interval", "1 s"),
          Map.entry("flink.execution.checkpointing.min-pause", "200 ms"),
          Map.entry("flink.execution.checkpointing.timeout", "30 s"),
          Map.entry("flink.execution.checkpointing.tolerable-failed-checkpoints", "1000"),
          Map.entry("flink.restart-strategy.type", "fixed-delay"),
          Map.entry("flink.restart-strategy.fixed-delay.attempts", "1000"),
          Map.entry("flink.restart-strategy.fixed-delay.delay", "500 ms"));

  private JobKeys() {}

  /** Returns the settings of the job, the scenario's own above the usual ones. */
  public static Map<String, String> of(Scenario scenario, Map<String, String> addresses) {
    var keys = new HashMap<>(USUAL);
    keys.put("flink.parallelism.default", Integer.toString(scenario.parallelism()));
    keys.putAll(addresses);
    keys.putAll(scenario.job());
    return keys;
  }

  /** Returns the typed settings. */
  public static RiskstreamConfig load(Map<String, String> keys) {
    return ConfigLoader.load(null, keys);
  }

  /** Returns the topics that the job needs, each with its partitions. */
  public static Map<String, Integer> topics(Scenario scenario) {
    var nowhere =
        Map.of(
            "kafka.bootstrap-servers", "none:1",
            "hot-store.uri", "redis://none:1",
            "schema-registry.url", "",
            "lake.path", "file:///none");
    var kafka = load(of(scenario, nowhere)).kafka();
    var topics = new LinkedHashMap<String, Integer>();
    for (var wanted : WantedTopic.of(kafka, EVENT_PARTITIONS, 1)) {
      topics.put(wanted.name(), wanted.partitions());
    }
    return topics;
  }

  /** Writes them as a file for the job. */
  public static Path write(Path file, Map<String, String> keys) throws IOException {
    var text = new StringBuilder();
    new TreeMap<>(keys)
        .forEach((key, value) -> text.append(key).append(": '").append(value).append("'\n"));
    return Files.writeString(file, text, StandardCharsets.UTF_8);
  }
}
