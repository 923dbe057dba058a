package io.riskstream.load.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.Coordinates;
import io.riskstream.model.DeadLetter;
import io.riskstream.model.Limits;
import io.riskstream.model.RejectionReason;
import io.riskstream.reference.ReferenceModel;
import io.riskstream.reference.ReferenceSettings;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The ways to spoil an event, taken together. */
class MalformationTest {
  private static final EventDraft EVENT =
      new EventDraft("e-1", "u", "page_view", "1767225600000", "", "\"ip\":\"192.0.2.1\"");

  @Test
  void coverEveryReasonButThoseThatNeedAHistoryOrABadSchema() {
    var covered =
        Stream.concat(
                Arrays.stream(Malformation.values()).map(Malformation::reason),
                Arrays.stream(AvroMalformation.values()).map(AvroMalformation::reason))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(RejectionReason.class)));

    assertThat(EnumSet.complementOf(covered))
        .containsExactly(RejectionReason.UNUSABLE_SCHEMA, RejectionReason.CONFLICTING_DUPLICATE);
  }

  @Test
  void spoilIntoBytesOfTheirOwn() {
    var spoiled = Arrays.stream(Malformation.values()).map(m -> m.spoil(EVENT)).toList();

    assertThat(spoiled).doesNotHaveDuplicates().noneMatch(v -> Arrays.equals(v, EVENT.bytes()));
  }

  @Test
  void areEachRefusedForTheirReason() {
    for (var malformation : Malformation.values()) {
      var coordinates = new Coordinates("events", 0, 0, 1_767_225_600_000L);
      var sent = new SentRecord(coordinates, "malformed", null, malformation.spoil(EVENT));

      var expected = ReferenceModel.of(List.of(sent), new ReferenceSettings(0, 0, 0));

      assertThat(expected.deadLetters())
          .as(malformation.name())
          .extracting(DeadLetter::getError)
          .containsExactly(malformation.reason().code());
    }
  }

  @Test
  void tooLargeIsByOneByte() {
    assertThat(Malformation.ONE_BYTE_TOO_LARGE.spoil(EVENT)).hasSize(Limits.RECORD_BYTES + 1);
  }
}
