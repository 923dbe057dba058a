package io.riskstream.source.control;

import io.riskstream.model.ControlRecord;
import io.riskstream.model.Coordinates;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/**
 * Hands on each record of the control topic as it is, judged by nobody yet. Only a record that
 * carries its producer's time throws, as its cut would rest on the word of a clock that nobody
 * knows.
 */
final class ControlRecordDeserializer implements KafkaRecordDeserializationSchema<ControlRecord> {
  private static final long serialVersionUID = 1L;

  private final TypeInformation<ControlRecord> producedType;

  ControlRecordDeserializer(TypeInformation<ControlRecord> producedType) {
    this.producedType = producedType;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> consumed, Collector<ControlRecord> out) {
    out.collect(recordOf(consumed));
  }

  /**
   * Returns the record with its place and the broker's time.
   *
   * @throws SuppressRestartsException if the time is the producer's, which no restart mends
   */
  static ControlRecord recordOf(ConsumerRecord<byte[], byte[]> consumed) {
    if (consumed.timestampType() != TimestampType.LOG_APPEND_TIME) {
      throw new SuppressRestartsException(
          new IllegalStateException(
              ("document %s-%d@%d carries its producer's time: it was written before the topic had"
                      + " message.timestamp.type=LogAppendTime; make a new topic with riskstream"
                      + " topics create, name it by kafka.control-topic, and publish there what is"
                      + " still to hold")
                  .formatted(consumed.topic(), consumed.partition(), consumed.offset())));
    }
    return new ControlRecord(
        new Coordinates(
            consumed.topic(), consumed.partition(), consumed.offset(), consumed.timestamp()),
        consumed.value());
  }

  @Override
  public TypeInformation<ControlRecord> getProducedType() {
    return producedType;
  }
}
