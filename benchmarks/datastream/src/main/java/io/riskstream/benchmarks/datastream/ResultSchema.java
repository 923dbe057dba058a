package io.riskstream.benchmarks.datastream;

import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes rows as text, to the partition that Kafka chooses by the key. */
final class ResultSchema implements KafkaRecordSerializationSchema<Result> {
  private static final long serialVersionUID = 1;

  private final String topic;

  ResultSchema(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Result result, KafkaSinkContext context, Long timestamp) {
    return new ProducerRecord<>(
        topic,
        result.key.getBytes(StandardCharsets.UTF_8),
        result.value.getBytes(StandardCharsets.UTF_8));
  }
}
