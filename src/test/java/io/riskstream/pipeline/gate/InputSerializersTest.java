package io.riskstream.pipeline.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.ControlRecord;
import io.riskstream.model.Coordinates;
import io.riskstream.model.DeadLetter;
import io.riskstream.model.Dimension;
import io.riskstream.model.GatedDocument;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.model.RulesetDocument;
import io.riskstream.model.Suppression;
import io.riskstream.pipeline.control.ControlRecordSerializer;
import io.riskstream.pipeline.control.GatedDocumentSerializer;
import io.riskstream.rules.Rulesets;
import io.riskstream.source.Intake;
import io.riskstream.source.profile.ProfileIntake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What is sent between the operators before the shuffle arrives as it was. */
final class InputSerializersTest {
  private static final Coordinates AT = new Coordinates("topic", 3, 1L << 40, -1);

  @Test
  void anUpdateArrivesAsItWasSent() throws Exception {
    var many =
        IntStream.range(0, 64)
            .boxed()
            .collect(
                Collectors.toMap(number -> "name" + number, number -> "é".repeat(number * 20)));
    for (var late : List.of(true, false)) {
      for (var attributes : List.of(many, Map.<String, String>of())) {
        var update = new ProfileUpdate("ü😀", -1, attributes, AT, late);
        assertThat(roundTrip(new ProfileUpdateSerializer(), update)).isEqualTo(update);
      }
    }
  }

  @Test
  void everyKindOfIntakeArrivesAsItWasSent() throws Exception {
    var letter =
        new DeadLetter(
            "t", 0, 1L, Instant.ofEpochMilli(2), "s", "e", "m", null, ByteBuffer.allocate(0), 0);
    var update = new ProfileUpdate("u", 1, Map.of("a", "b"), AT, false);
    for (var intake :
        List.of(
            new ProfileIntake.Valid(update, 3),
            new ProfileIntake.Refused(letter),
            new ProfileIntake.Missing(new Intake.Gap("t", 1, 2, 3, true, 4)),
            new ProfileIntake.AtTarget())) {
      assertThat(roundTrip(new ProfileIntakeSerializer(), intake)).isEqualTo(intake);
    }
  }

  @Test
  void aRecordOfTheControlTopicArrivesWithOrWithoutAValue() throws Exception {
    for (var value : new byte[][] {{}, {1, -1}, null}) {
      var arrived = roundTrip(new ControlRecordSerializer(), new ControlRecord(AT, value));
      assertThat(arrived.coordinates()).isEqualTo(AT);
      assertThat(arrived.value()).isEqualTo(value);
    }
  }

  @Test
  void everyKindOfDocumentArrivesWithItsCut() throws Exception {
    for (var document :
        List.of(
            new RulesetDocument("r", 2, 5L, Rulesets.defaults()),
            new Suppression("s", 1, null, "u", null, 7, 8, "why"),
            new Dimension("d", 1, null, "country", Map.of("DE", "Europe")))) {
      var gated = new GatedDocument(document, 9, 1L << 40);
      assertThat(roundTrip(new GatedDocumentSerializer(), gated)).isEqualTo(gated);
    }
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
