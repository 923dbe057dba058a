package io.riskstream.source.profile;

import io.riskstream.model.Coordinates;
import io.riskstream.source.DeadLetters;
import io.riskstream.source.Intake;
import io.riskstream.source.event.Rejection;
import io.riskstream.source.json.JsonProfileDecoder;
import io.riskstream.source.reader.BrokerTime;
import io.riskstream.source.reader.GapRecord;
import io.riskstream.source.reader.TargetRecord;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Turns each record of the profiles topic into exactly one {@link ProfileIntake}, inside the
 * source, so that watermarks are per partition. Bad bytes become dead letters; only a broken
 * contract with the broker throws.
 */
final class ProfileDeserializer implements KafkaRecordDeserializationSchema<ProfileIntake> {
  private static final long serialVersionUID = 1L;

  private final long maxFutureSkewMillis;
  private final TypeInformation<ProfileIntake> producedType;
  private transient JsonProfileDecoder json;

  ProfileDeserializer(long maxFutureSkewMillis, TypeInformation<ProfileIntake> producedType) {
    this.maxFutureSkewMillis = maxFutureSkewMillis;
    this.producedType = producedType;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    json = new JsonProfileDecoder(maxFutureSkewMillis);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> consumed, Collector<ProfileIntake> out) {
    if (consumed instanceof GapRecord gap) {
      out.collect(
          new ProfileIntake.Missing(
              new Intake.Gap(
                  gap.topic(),
                  gap.partition(),
                  gap.firstOffset(),
                  gap.offset(),
                  gap.isLost(),
                  gap.noticedMillis())));
    } else if (consumed instanceof TargetRecord) {
      out.collect(new ProfileIntake.AtTarget());
    } else {
      out.collect(intake(consumed, BrokerTime.coordinatesOf(consumed)));
    }
  }

  private ProfileIntake intake(ConsumerRecord<byte[], byte[]> consumed, Coordinates coordinates) {
    try {
      var decoded = json.decode(consumed.value(), coordinates);
      return new ProfileIntake.Valid(decoded.update(), decoded.unknownFields());
    } catch (Rejection rejection) {
      return new ProfileIntake.Refused(
          DeadLetters.of(coordinates, consumed.key(), consumed.value(), rejection));
    }
  }

  @Override
  public TypeInformation<ProfileIntake> getProducedType() {
    return producedType;
  }
}
