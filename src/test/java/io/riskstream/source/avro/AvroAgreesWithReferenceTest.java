package io.riskstream.source.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.Coordinates;
import io.riskstream.model.EventRow;
import io.riskstream.model.Micros;
import io.riskstream.model.RejectionReason;
import io.riskstream.model.UserEvent;
import io.riskstream.reference.ReferenceModel;
import io.riskstream.reference.ReferenceSettings;
import io.riskstream.source.event.Rejection;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import org.apache.avro.Schema;

/** Two decoders of Avro, written apart from the same page, must say the same of any bytes. */
final class AvroAgreesWithReferenceTest {
  private static final long SKEW = 300_000;
  private static final Coordinates AT = new Coordinates("events", 0, 7, OddAvro.INGESTED);
  private static final Set<String> OUTCOMES = new HashSet<>();

  @Property(tries = 6_000)
  void saysTheSameOfRecordsMadeOfOddParts(@ForAll Random random) {
    var odd = new OddAvro(random);
    var schema = odd.schema();
    assertSame(odd.record(schema), schema);
  }

  @Property(tries = 6_000)
  void saysTheSameOfDamagedBytes(@ForAll Random random) {
    var odd = new OddAvro(random);
    var schema = odd.schema();
    var bytes = odd.record(schema);
    for (var change = random.nextInt(3); change > 0; change--) {
      bytes[1 + random.nextInt(bytes.length - 1)] = (byte) random.nextInt(256);
    }
    switch (random.nextInt(4)) {
      case 0 -> bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length - 1));
      case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1);
      default -> {}
    }
    assertSame(bytes, schema);
  }

  @Property(tries = 2_000)
  void saysTheSameOfTheBytesOfAnotherSchema(@ForAll Random random) {
    var odd = new OddAvro(random);
    assertSame(odd.record(odd.schema()), odd.schema());
  }

  /** Guards the generator: what it never makes, the comparison says nothing of. */
  @AfterContainer
  static void everyReasonWasMet() {
    var reasons = EnumSet.allOf(RejectionReason.class);
    reasons.removeIf(reason -> OUTCOMES.contains(reason.code()));
    assertThat(reasons)
        .containsExactly(
            RejectionReason.NULL_RECORD,
            RejectionReason.RECORD_TOO_LARGE,
            RejectionReason.MALFORMED_JSON,
            RejectionReason.NOT_AN_OBJECT,
            RejectionReason.UNUSABLE_SCHEMA,
            RejectionReason.INVALID_TEXT,
            RejectionReason.CONFLICTING_DUPLICATE);
    assertThat(OUTCOMES).contains("an event");
  }

  private static void assertSame(byte[] value, Schema schema) {
    var known = Arrays.equals(value, 0, Math.min(5, value.length), header(), 0, 5);
    var sent = new SentRecord(AT, "", null, value, known ? schema : null);
    var expected = ReferenceModel.of(List.of(sent), new ReferenceSettings(0, 0, SKEW));
    var wanted =
        expected.events().isEmpty()
            ? expected.deadLetters().get(0).getError()
            : describe(expected.events().get(0).toRow());
    OUTCOMES.add(expected.events().isEmpty() ? wanted : "an event");
    assertThat(outcome(value, schema)).as(OddAvro.shown(value, schema)).isEqualTo(wanted);
  }

  private static String outcome(byte[] value, Schema schema) {
    WriterSchemas schemas =
        id -> {
          if (id == OddAvro.ID) {
            return new WriterSchema(schema);
          }
          throw new Rejection(RejectionReason.UNKNOWN_SCHEMA_ID, "");
        };
    try {
      return describe(new AvroEventDecoder(schemas, SKEW).decode(value, AT).event());
    } catch (Rejection rejection) {
      return rejection.reason().code();
    } catch (InterruptedException nobodyDoes) {
      throw new AssertionError(nobodyDoes);
    }
  }

  private static byte[] header() {
    return new byte[] {0, 0, 0, 0, OddAvro.ID};
  }

  private static String describe(UserEvent event) {
    return List.of(
            event.eventId(),
            event.userId(),
            event.eventType(),
            Instant.ofEpochMilli(event.timestampMillis()),
            String.valueOf(event.sessionId()),
            event.valueMicros() == null ? "none" : Micros.toDecimal(event.valueMicros()),
            new TreeMap<>(event.properties()))
        .toString();
  }

  private static String describe(EventRow row) {
    return List.of(
            row.getEventId(),
            row.getUserId(),
            row.getEventType(),
            row.getTimestamp(),
            String.valueOf(row.getSessionId()),
            row.getValue() == null ? "none" : row.getValue(),
            new TreeMap<>(row.getProperties()))
        .toString();
  }
}
