package io.riskstream.benchmarks.contender.flink;

import io.riskstream.benchmarks.contender.Assignment;
import io.riskstream.benchmarks.workload.Workload;
import io.riskstream.config.ConfigLoader;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.load.event.LoadFormat;
import io.riskstream.ops.topics.WantedTopic;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The settings of the pipeline while it is measured: its defaults, but for these. */
final class RiskstreamKeys {
  private RiskstreamKeys() {}

  static Map<String, String> of(Assignment assignment, URI redis) throws IOException {
    var id = assignment.id();
    var keys = new TreeMap<String, String>();
    keys.put("kafka.bootstrap-servers", assignment.broker().bootstrapServers());
    keys.put("kafka.events-topic", assignment.input().name());
    keys.put("kafka.group-id", id);
    keys.put("kafka.transactional-id-prefix", id);
    for (var topic : List.of("alerts", "dead-letters", "control-status")) {
      keys.put("kafka." + topic + "-topic", id + "-" + topic);
    }
    // A state knows what it has read from which topic.
    var before = assignment.stateOrNull();
    for (var topic : List.of("control", "profiles")) {
      keys.put("kafka." + topic + "-topic", (before == null ? id : before.id()) + "-" + topic);
    }
    keys.put("hot-store.uri", redis.toString());
    keys.put("lake.path", assignment.folder().resolve("lake").toUri().toString());
    // Events become final while it is measured, and a topic without profiles holds nothing back.
    keys.put("time.watermark-delay", Workload.WATERMARK_DELAY.toSeconds() + " s");
    keys.put("time.allowed-lateness", Workload.ALLOWED_LATENESS.toSeconds() + " s");
    keys.put("profiles.idle-timeout", "1 s");
    keys.put(
        "flink.execution.checkpointing.interval", Assignment.COMMIT_INTERVAL.toMillis() + " ms");
    var workload = assignment.input().workload();
    if (workload.format() != LoadFormat.JSON) {
      keys.put("schema-registry.url", assignment.broker().registry());
    }
    keys.putAll(workload.settings());
    return keys;
  }

  /**
   * Makes ready what a job with these settings needs: the topics beside that of the events.
   *
   * @return the file of its configuration
   */
  static Path prepare(Assignment assignment, Map<String, String> keys) throws IOException {
    var text =
        keys.entrySet().stream()
            .map(entry -> entry.getKey() + ": '" + entry.getValue() + "'\n")
            .collect(Collectors.joining());
    var file = Files.writeString(file(assignment), text, StandardCharsets.UTF_8);
    var kafka = config(assignment).kafka();
    for (var topic : WantedTopic.of(kafka, 1, 1)) {
      var isOwn = topic.name().startsWith(assignment.id() + "-");
      if (isOwn && !topic.name().equals(kafka.eventsTopic())) {
        assignment.broker().createTopic(topic.name(), topic.partitions());
      }
    }
    return file;
  }

  /** Returns what a job that was prepared so runs with. */
  static RiskstreamConfig config(Assignment assignment) {
    return ConfigLoader.load(file(assignment), Map.of());
  }

  private static Path file(Assignment assignment) {
    return assignment.folder().resolve("riskstream.yaml");
  }
}
