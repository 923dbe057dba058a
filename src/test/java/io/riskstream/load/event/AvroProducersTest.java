package io.riskstream.load.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.Coordinates;
import io.riskstream.model.DeadLetter;
import io.riskstream.model.Event;
import io.riskstream.reference.Expected;
import io.riskstream.reference.ReferenceModel;
import io.riskstream.reference.ReferenceSettings;
import io.riskstream.registry.SchemaComparison;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events as the generator writes them in Avro. */
class AvroProducersTest {
  private static final long MILLIS = 1_767_225_600_000L;
  private static final AvroEncoding OLDER = new AvroEncoding(1, AvroProducers.olderSchema());
  private static final AvroEncoding NEWER = new AvroEncoding(2, AvroProducers.newerSchema());
  private static final EventDraft EVENT =
      new EventDraft(
          "e-1",
          "u",
          "page_view",
          "\"2026-01-01T00:00:00Z\"",
          ",\"session_id\":\"s\",\"value\":0.1234565,\"app_version\":\"5.1\",\"retries\":2"
              + ",\"geo\":{\"country\":\"DE\",\"at\":[52.50,1.34e1]}",
          "\"ip\":\"192.0.2.1\",\"score\":1.50,\"referrer\":null");

  @Test
  void bothSchemasAreCompatibleWithTheContractAndEachOther() {
    var contract = Event.getClassSchema();
    assertThat(SchemaComparison.of(OLDER.schema(), contract, "")).isEmpty();
    assertThat(SchemaComparison.of(NEWER.schema(), contract, "")).isEmpty();
    assertThat(SchemaComparison.of(NEWER.schema(), OLDER.schema(), "")).isEmpty();
  }

  @Test
  void theNewerProducerSaysAllThatTheEventHolds() {
    var row = outcome(NEWER, NEWER.encode(EVENT)).events().get(0).toRow();

    assertThat(row.getEventId()).isEqualTo("e-1");
    assertThat(row.getUserId()).isEqualTo("u");
    assertThat(row.getEventType()).isEqualTo("page_view");
    assertThat(row.getTimestamp().toEpochMilli()).isEqualTo(MILLIS);
    assertThat(row.getSessionId()).isEqualTo("s");
    assertThat(row.getValue()).isEqualByComparingTo("0.123456"); // half-even
    assertThat(row.getProperties())
        .containsOnlyKeys("ip", "score", "app_version", "retries", "geo")
        .containsEntry("score", "1.5")
        .containsEntry("retries", "2")
        .containsEntry("geo", "{\"country\":\"DE\",\"at\":[52.5,13.4]}");
  }

  @Test
  void theOlderProducerKnowsNeitherSessionsNorAddedFields() {
    var row = outcome(OLDER, OLDER.encode(EVENT)).events().get(0).toRow();

    assertThat(row.getSessionId()).isNull();
    assertThat(row.getValue()).isEqualByComparingTo("0.123456");
    assertThat(row.getProperties()).containsOnlyKeys("ip", "score");
  }

  @Test
  void eachMalformationIsRefusedForItsReason() {
    for (var malformation : AvroMalformation.values()) {
      var bytes = malformation.spoil(EVENT, NEWER);
      var known = malformation != AvroMalformation.UNKNOWN_ID;
      var sent = new SentRecord(at(), "malformed", null, bytes, known ? NEWER.schema() : null);

      var expected = ReferenceModel.of(List.of(sent), new ReferenceSettings(0, 0, 0));

      assertThat(expected.deadLetters())
          .as(malformation.name())
          .extracting(DeadLetter::getError)
          .containsExactly(malformation.reason().code());
    }
  }

  @Test
  void anEventKeepsToItsFormatAndAllAreUsed() {
    var formats = EventFormats.of(LoadFormat.MIXED, new AvroProducers(OLDER, NEWER));
    var used = new int[3];
    for (var index = 0; index < 3_000; index++) {
      var event = EVENT.withEventId("1-abc-" + index);
      var bytes = formats.encode(event);
      assertThat(formats.encode(event)).isEqualTo(bytes);
      used[bytes[0] != 0 ? 0 : bytes[4]]++;
    }
    assertThat(Arrays.stream(used).min().getAsInt()).isGreaterThan(700);
  }

  private static Expected outcome(AvroEncoding encoding, byte[] bytes) {
    var sent = new SentRecord(at(), "ordinary", null, bytes, encoding.schema());
    return ReferenceModel.of(List.of(sent), new ReferenceSettings(0, 0, 0));
  }

  private static Coordinates at() {
    return new Coordinates("events", 0, 0, MILLIS);
  }
}
