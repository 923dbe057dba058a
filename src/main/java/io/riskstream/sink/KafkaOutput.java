package io.riskstream.sink;

import io.riskstream.config.KafkaConfig;
import io.riskstream.model.Alert;
import io.riskstream.model.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The one transactional Kafka sink: exactly once for readers with {@code read_committed}, whatever
 * the topic. An alert's idempotence key is (alert_id, revision), that of a dead letter, and of the
 * answer to a document, is (topic, partition, offset).
 */
public final class KafkaOutput {
  private KafkaOutput() {}

  public static KafkaSink<OutgoingRecord> sink(KafkaConfig kafka) {
    var properties = new Properties();
    properties.putAll(kafka.properties());
    properties.setProperty(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
        Long.toString(kafka.transactionTimeout().toMillis()));
    properties.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    return KafkaSink.<OutgoingRecord>builder()
        .setBootstrapServers(kafka.bootstrapServers())
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(kafka.transactionalIdPrefix())
        .setRecordSerializer(
            (KafkaRecordSerializationSchema<OutgoingRecord>)
                (outgoing, context, timestamp) ->
                    new ProducerRecord<>(outgoing.topic(), outgoing.key(), outgoing.value()))
        .build();
  }

  /**
   * Returns the alert as the record that its readers get, keyed by user, or by rule where it is
   * nobody's.
   */
  public static OutgoingRecord ofAlert(String topic, Alert alert) {
    var key = alert.getUserId() == null ? alert.getRuleId() : alert.getUserId();
    return new OutgoingRecord(topic, key.getBytes(StandardCharsets.UTF_8), AvroJson.encode(alert));
  }

  /** Returns the dead letter as the record that its readers get, keyed by where it came from. */
  public static OutgoingRecord ofDeadLetter(String topic, DeadLetter letter) {
    var key = letter.getTopic() + "-" + letter.getPartition() + "-" + letter.getOffset();
    return new OutgoingRecord(topic, key.getBytes(StandardCharsets.UTF_8), AvroJson.encode(letter));
  }
}
