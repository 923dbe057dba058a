package io.riskstream.benchmarks.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.riskstream.model.WindowRow;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The count of a type in a tumbling minute as a row of results; other windows are left out. */
final class WindowResults implements KafkaRecordSerializationSchema<WindowRow> {
  private static final long serialVersionUID = 1;
  private static final String TUMBLING = "1m/1m";

  private final String topic;

  WindowResults(String topic) {
    this.topic = topic;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      WindowRow row, KafkaSinkContext context, Long timestamp) {
    if (!row.getWindow().equals(TUMBLING)) {
      return null;
    }
    var key = "window:" + row.getEventType() + ":" + row.getWindowStart().toEpochMilli();
    var value = Long.toString(row.getCount());
    return new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8));
  }
}
