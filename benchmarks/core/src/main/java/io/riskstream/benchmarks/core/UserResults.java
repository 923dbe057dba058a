package io.riskstream.benchmarks.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.riskstream.model.HotUpdate;
import io.riskstream.model.UserSnapshot;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A user's count and score as a row of results; what else the hot store is told is left out. */
final class UserResults implements KafkaRecordSerializationSchema<HotUpdate> {
  private static final long serialVersionUID = 1;

  private final String topic;

  UserResults(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      HotUpdate update, KafkaSinkContext context, Long timestamp) {
    if (!(update instanceof UserSnapshot user)) {
      return null;
    }
    var key = "user:" + user.userId();
    var value = user.totalEvents() + "," + user.scoreMicros();
    return new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8));
  }
}
