package io.riskstream.ops.topics;

import io.riskstream.config.KafkaConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic that the configuration names.
 *
 * @param partitions how many it gets where it is missing
 * @param exactly whether one that exists must have as many
 * @param settings that it gets where it is missing, and must have where it exists
 * @param defaults further settings that it gets where it is missing, but may have otherwise
 */
public record WantedTopic(
    String name,
    int partitions,
    boolean exactly,
    Map<String, String> settings,
    Map<String, String> defaults) {
  /** The broker stamps each record, as the producer's own clock proves nothing. */
  private static final Map<String, String> STAMPED =
      Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");

  /** No record is deleted because a newer one has its key. */
  private static final Map<String, String> STAMPED_AND_NOT_COMPACTED =
      with(STAMPED, TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);

  private static final Map<String, String> KEPT_FOR_EVER =
      Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1");

  /**
   * Returns every topic that the pipeline reads or writes, inputs first.
   *
   * @param partitions of the topics of events and profiles
   * @param outputPartitions of alerts and dead letters
   */
  public static List<WantedTopic> of(KafkaConfig kafka, int partitions, int outputPartitions) {
    return List.of(
        new WantedTopic(kafka.eventsTopic(), partitions, false, STAMPED, Map.of()),
        // A join as of event time needs the past, for as long as it may be read again.
        new WantedTopic(
            kafka.profilesTopic(), partitions, false, STAMPED_AND_NOT_COMPACTED, KEPT_FOR_EVER),
        // All documents together say what is in force, so that none may go.
        new WantedTopic(
            kafka.controlTopic(),
            1,
            true,
            with(STAMPED_AND_NOT_COMPACTED, TopicConfig.RETENTION_MS_CONFIG, "-1"),
            Map.of()),
        output(kafka.alertsTopic(), outputPartitions),
        output(kafka.deadLettersTopic(), outputPartitions),
        // An answer that was given holds, also where it would be another one today.
        new WantedTopic(kafka.controlStatusTopic(), 1, false, Map.of(), KEPT_FOR_EVER));
  }

  /** Returns all settings that it gets where it is missing. */
  Map<String, String> initial() {
    var all = new HashMap<>(defaults);
    all.putAll(settings);
    return all;
  }

  private static WantedTopic output(String name, int partitions) {
    return new WantedTopic(name, partitions, false, Map.of(), Map.of());
  }

  private static Map<String, String> with(Map<String, String> all, String key, String value) {
    var more = new HashMap<>(all);
    more.put(key, value);
    return Map.copyOf(more);
  }
}
