package io.riskstream.source;

import io.riskstream.model.Coordinates;
import io.riskstream.source.reader.GapRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/**
 * Turns each Kafka record into exactly one {@link Intake}, inside the source, so that watermarks
 * are per partition. Bad bytes become dead letters; only a broken contract with the broker throws.
 */
final class IntakeDeserializer implements KafkaRecordDeserializationSchema<Intake> {
  private static final long serialVersionUID = 1L;

  private final long maxFutureSkewMillis;
  private final TypeInformation<Intake> producedType;
  private transient JsonEventDecoder decoder;

  IntakeDeserializer(long maxFutureSkewMillis, TypeInformation<Intake> producedType) {
    this.maxFutureSkewMillis = maxFutureSkewMillis;
    this.producedType = producedType;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> consumed, Collector<Intake> out) {
    if (consumed.timestampType() != TimestampType.LOG_APPEND_TIME) {
      if (consumed instanceof GapRecord gap) {
        out.collect(
            new Intake.Gap(
                gap.topic(),
                gap.partition(),
                gap.firstOffset(),
                gap.offset(),
                gap.isLost(),
                gap.noticedMillis()));
        return;
      }
      throw new SuppressRestartsException(
          new IllegalStateException(
              "record "
                  + consumed.topic()
                  + "-"
                  + consumed.partition()
                  + "@"
                  + consumed.offset()
                  + " carries its producer's time: it was written before the topic had"
                  + " message.timestamp.type=LogAppendTime; delete the records up to it"
                  + " (kafka-delete-records) or use a new topic"));
    }
    if (decoder == null) {
      decoder = new JsonEventDecoder(maxFutureSkewMillis);
    }
    var coordinates =
        new Coordinates(
            consumed.topic(), consumed.partition(), consumed.offset(), consumed.timestamp());
    out.collect(intake(consumed, coordinates));
  }

  private Intake intake(ConsumerRecord<byte[], byte[]> consumed, Coordinates coordinates) {
    try {
      return decoder.decode(consumed.value(), coordinates);
    } catch (Rejection rejection) {
      return new Intake.Refused(
          DeadLetters.of(coordinates, consumed.key(), consumed.value(), rejection));
    }
  }

  @Override
  public TypeInformation<Intake> getProducedType() {
    return producedType;
  }
}
