package io.riskstream.ops.topics;

import io.riskstream.config.KafkaConfig;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic that the configuration names.
 *
 * @param partitions how many it gets where it is missing
 * @param settings that it gets where it is missing, and must have where it exists
 */
public record WantedTopic(String name, int partitions, Map<String, String> settings) {
  /** The broker stamps each record, as the producer's own clock proves nothing. */
  private static final Map<String, String> STAMPED =
      Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");

  /** Returns every topic that the pipeline reads or writes, inputs first. */
  public static List<WantedTopic> of(KafkaConfig kafka, int partitions, int outputPartitions) {
    return List.of(
        new WantedTopic(kafka.eventsTopic(), partitions, STAMPED),
        new WantedTopic(kafka.controlTopic(), 1, Map.of()),
        new WantedTopic(kafka.alertsTopic(), outputPartitions, Map.of()),
        new WantedTopic(kafka.deadLettersTopic(), outputPartitions, Map.of()));
  }
}
