package io.riskstream.source;

import io.riskstream.config.SchemaRegistryConfig;
import io.riskstream.model.Coordinates;
import io.riskstream.registry.RegistryAddress;
import io.riskstream.source.avro.AvroEventDecoder;
import io.riskstream.source.event.Rejection;
import io.riskstream.source.json.JsonEventDecoder;
import io.riskstream.source.reader.BrokerTime;
import io.riskstream.source.reader.GapRecord;
import java.io.InterruptedIOException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Turns each Kafka record into exactly one {@link Intake}, inside the source, so that watermarks
 * are per partition. A value that begins with a zero byte is Avro, any other is JSON. Bad bytes
 * become dead letters; only a broken contract with the broker throws. While a schema registry is
 * away, this waits.
 */
final class IntakeDeserializer implements KafkaRecordDeserializationSchema<Intake> {
  private static final long serialVersionUID = 1L;

  private final long maxFutureSkewMillis;
  private final TypeInformation<Intake> producedType;
  private final SchemaRegistryConfig registry;
  private transient JsonEventDecoder json;
  private transient AvroEventDecoder avro;

  IntakeDeserializer(
      long maxFutureSkewMillis,
      SchemaRegistryConfig registry,
      TypeInformation<Intake> producedType) {
    this.maxFutureSkewMillis = maxFutureSkewMillis;
    this.registry = registry;
    this.producedType = producedType;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    json = new JsonEventDecoder(maxFutureSkewMillis);
    avro =
        registry.isConfigured()
            ? AvroEventDecoder.of(
                new RegistryAddress(
                    registry.url(), registry.basicAuthOrNull(), registry.requestTimeout()),
                context.getMetricGroup(),
                maxFutureSkewMillis)
            : AvroEventDecoder.withoutRegistry(maxFutureSkewMillis);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> consumed, Collector<Intake> out)
      throws InterruptedIOException {
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
    var coordinates = BrokerTime.coordinatesOf(consumed);
    out.collect(intake(consumed, coordinates));
  }

  private Intake intake(ConsumerRecord<byte[], byte[]> consumed, Coordinates coordinates)
      throws InterruptedIOException {
    var value = consumed.value();
    try {
      var decoded =
          AvroEventDecoder.recognizes(value)
              ? avro.decode(value, coordinates)
              : json.decode(value, coordinates);
      return new Intake.Valid(decoded.event(), decoded.unknownFields());
    } catch (Rejection rejection) {
      return new Intake.Refused(DeadLetters.of(coordinates, consumed.key(), value, rejection));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(interrupted.getMessage());
    }
  }

  @Override
  public TypeInformation<Intake> getProducedType() {
    return producedType;
  }
}
