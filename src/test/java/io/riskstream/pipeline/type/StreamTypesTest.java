package io.riskstream.pipeline.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.Coordinates;
import io.riskstream.model.DeadLetter;
import io.riskstream.model.UserEvent;
import io.riskstream.sink.OutgoingRecord;
import io.riskstream.source.Intake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

final class StreamTypesTest {
  private static final Coordinates AT = new Coordinates("events", 3, 1L << 40, 1_767_225_600_000L);

  @Test
  void anEventArrivesAsItWasSent() throws Exception {
    var event = new UserEvent("e", "ü😀", "t", -1, "s", -5L, manyProperties(), AT, true);
    assertThat(roundTrip(new UserEventSerializer(), event)).isEqualTo(event);
  }

  @Test
  void anEventWithoutSessionValueAndPropertiesArrivesAsItWasSent() throws Exception {
    var event = new UserEvent("e", "u", "t", 1, null, null, Map.of(), AT, false);
    assertThat(roundTrip(new UserEventSerializer(), event)).isEqualTo(event);
  }

  @Test
  void bothKindsOfIntakeArriveAsTheyWereSent() throws Exception {
    var event = new UserEvent("e", "u", "t", 1, null, 0L, Map.of("a", ""), AT, false);
    var letter =
        new DeadLetter(
            "events",
            0,
            1L,
            Instant.ofEpochMilli(2),
            "decode",
            "malformed-json",
            "why",
            null,
            ByteBuffer.wrap(new byte[] {1, 2}),
            2);
    var serializer = new IntakeSerializer();
    assertThat(roundTrip(serializer, new Intake.Valid(event, 2)))
        .isEqualTo(new Intake.Valid(event, 2));
    assertThat(roundTrip(serializer, new Intake.Refused(letter)))
        .isEqualTo(new Intake.Refused(letter));
    var gap = new Intake.Gap("events", 3, 4L, 1L << 40, true, 5L);
    assertThat(roundTrip(serializer, gap)).isEqualTo(gap);
  }

  @Test
  void anOutgoingRecordArrivesAsItWasSent() throws Exception {
    var sent = new OutgoingRecord("topic", null, new byte[] {0, -1});
    var arrived = roundTrip(new OutgoingRecordSerializer(), sent);
    assertThat(arrived.topic()).isEqualTo("topic");
    assertThat(arrived.key()).isNull();
    assertThat(arrived.value()).containsExactly(0, -1);
  }

  @Test
  void anOutgoingRecordKeepsItsKey() throws Exception {
    for (var key : new byte[][] {{}, {1, -2}}) {
      var sent = new OutgoingRecord("topic", key, new byte[0]);
      assertThat(roundTrip(new OutgoingRecordSerializer(), sent).key()).isEqualTo(key);
    }
  }

  private static Map<String, String> manyProperties() {
    var properties = new HashMap<String, String>();
    for (var index = 0; index < 64; index++) {
      properties.put("name" + index, "é".repeat(index * 20));
    }
    return properties;
  }

  private static <T> T roundTrip(TypeSerializer<T> serializer, T value) throws IOException {
    var written = new DataOutputSerializer(64);
    serializer.serialize(value, written);
    var copied = new DataOutputSerializer(64);
    serializer.copy(new DataInputDeserializer(written.getCopyOfBuffer()), copied);
    var source = new DataInputDeserializer(copied.getCopyOfBuffer());
    var read = serializer.deserialize(source);
    assertThat(source.available()).isZero();
    return read;
  }
}
