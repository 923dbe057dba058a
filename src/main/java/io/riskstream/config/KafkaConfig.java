package io.riskstream.config;

import java.time.Duration;
import java.util.Map;

/**
 * Where the job reads and writes in Kafka.
 *
 * @param properties further client properties, such as security, passed to every client as they are
 */
public record KafkaConfig(
    String bootstrapServers,
    String eventsTopic,
    String alertsTopic,
    String deadLettersTopic,
    String controlTopic,
    String controlStatusTopic,
    String profilesTopic,
    String groupId,
    String transactionalIdPrefix,
    Duration transactionTimeout,
    Map<String, String> properties) {
  public KafkaConfig {
    properties = Map.copyOf(properties);
  }

  /** Returns all but the values of the properties, as these may hold secrets. */
  @Override
  public String toString() {
    return "KafkaConfig[bootstrapServers=%s, topics=%s, %s, %s, %s, groupId=%s, properties=%s]"
        .formatted(
            bootstrapServers,
            eventsTopic,
            alertsTopic,
            deadLettersTopic,
            controlTopic,
            groupId,
            properties.keySet());
  }
}
