package io.riskstream.config;

import io.riskstream.config.ConfigException.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;

/**
 * The keys that are passed on: {@code kafka.properties.*} to Kafka's clients, {@code flink.*} to
 * Flink. Those on which a guarantee of ours rests are refused.
 */
final class PassThrough {
  private static final String EXACTLY_ONCE = "riskstream sets it, as exactly-once rests on it";
  private static final String CODEC =
      "riskstream sets it, as records are read and written as bytes";

  private static final Map<String, String> KAFKA_SET_BY_US =
      Map.ofEntries(
          Map.entry("bootstrap.servers", "set kafka.bootstrap-servers instead"),
          Map.entry("group.id", "set kafka.group-id instead"),
          Map.entry("transaction.timeout.ms", "set kafka.transaction-timeout instead"),
          Map.entry("transactional.id", "set kafka.transactional-id-prefix instead"),
          Map.entry("enable.idempotence", EXACTLY_ONCE),
          Map.entry("acks", EXACTLY_ONCE),
          Map.entry("isolation.level", EXACTLY_ONCE),
          Map.entry("auto.offset.reset", EXACTLY_ONCE),
          Map.entry("enable.auto.commit", EXACTLY_ONCE),
          Map.entry("key.serializer", CODEC),
          Map.entry("value.serializer", CODEC),
          Map.entry("key.deserializer", CODEC),
          Map.entry("value.deserializer", CODEC));

  private static final Map<String, String> FLINK_SET_BY_US =
      Map.of(
          "pipeline.name", "set job.name instead",
          "pipeline.max-parallelism", "set job.max-parallelism instead");

  /** Flink's keys that may hold one value only. */
  private static final Map<String, String> FLINK_REQUIRED =
      Map.of(
          "pipeline.generic-types", "false",
          "pipeline.auto-generate-uids", "false",
          "pipeline.object-reuse", "true",
          "execution.checkpointing.mode", "EXACTLY_ONCE");

  private final Map<String, Setting> settings;
  private final List<Problem> problems;

  PassThrough(Map<String, Setting> settings, List<Problem> problems) {
    this.settings = settings;
    this.problems = problems;
  }

  /** Returns whether the key is one to be passed on. */
  static boolean owns(String key) {
    return isBelow(RiskstreamOptions.KAFKA_PROPERTIES_PREFIX, key)
        || isBelow(RiskstreamOptions.FLINK_PREFIX, key);
  }

  /** Returns the properties of Kafka's clients. */
  Map<String, String> kafkaProperties() {
    return below(RiskstreamOptions.KAFKA_PROPERTIES_PREFIX, KAFKA_SET_BY_US);
  }

  /** Returns Flink's options, those that the job depends on among them. */
  Configuration flink(String jobName, int maxParallelism) {
    var given = below(RiskstreamOptions.FLINK_PREFIX, FLINK_SET_BY_US);
    FLINK_REQUIRED.forEach(
        (key, required) -> {
          var value = given.put(key, required);
          if (value != null && !value.strip().equalsIgnoreCase(required)) {
            refuse(
                RiskstreamOptions.FLINK_PREFIX + key,
                "riskstream does not run this way",
                "remove it, or set it to " + required);
          }
        });
    given.put("pipeline.max-parallelism", Integer.toString(maxParallelism));
    if (jobName != null) {
      given.put("pipeline.name", jobName);
    }
    return Configuration.fromMap(given);
  }

  private Map<String, String> below(String prefix, Map<String, String> refused) {
    var properties = new TreeMap<String, String>();
    for (var setting : settings.values()) {
      if (isBelow(prefix, setting.key()) && setting.value() != null) {
        var name = setting.key().substring(prefix.length());
        properties.put(name, setting.value());
        if (refused.containsKey(name)) {
          refuse(setting.key(), "may not be set here", "remove it: " + refused.get(name));
        }
      }
    }
    return properties;
  }

  private void refuse(String key, String what, String fix) {
    var setting = settings.get(key);
    problems.add(new Problem(key, setting.shown(), setting.where(), what, fix));
  }

  private static boolean isBelow(String prefix, String key) {
    return key.startsWith(prefix) && key.length() > prefix.length();
  }
}
