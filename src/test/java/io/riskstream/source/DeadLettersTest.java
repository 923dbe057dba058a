package io.riskstream.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.riskstream.model.Coordinates;
import io.riskstream.model.Limits;
import io.riskstream.model.RejectionReason;
import io.riskstream.model.UserEvent;
import io.riskstream.sink.AvroJson;
import io.riskstream.source.event.Rejection;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DeadLettersTest {
  private static final Coordinates AT = new Coordinates("events", 2, 3, 4);

  @Test
  void carriesTheBeginningOfALongRecordAndItsWholeLength() {
    var tooLong = new byte[Limits.DEAD_LETTER_RAW_BYTES + 1];
    var letter = DeadLetters.of(AT, tooLong, tooLong, why());
    assertThat(letter.getRaw().remaining()).isEqualTo(Limits.DEAD_LETTER_RAW_BYTES);
    assertThat(letter.getRawKey().remaining()).isEqualTo(Limits.DEAD_LETTER_RAW_BYTES);
    assertThat(letter.getRawLength()).isEqualTo(tooLong.length);
  }

  @Test
  void tellsANullValueFromAnEmptyOne() {
    assertThat(DeadLetters.of(AT, null, null, why()).getRawLength()).isEqualTo(-1);
    assertThat(DeadLetters.of(AT, null, new byte[0], why()).getRawLength()).isZero();
  }

  @Test
  void aMessageThatQuotesHalfASurrogatePairCanStillBeWritten() {
    var letter =
        DeadLetters.of(
            AT, null, new byte[0], new Rejection(RejectionReason.INVALID_TIMESTAMP, "'\ud800'"));
    assertThatCode(() -> AvroJson.encode(letter)).doesNotThrowAnyException();
    assertThat(letter.getMessage()).isEqualTo("'?'");
  }

  @Test
  void aConflictingDuplicateIsCarriedAsCanonicalEventWithThePlaceItHad() {
    var at = new Coordinates("events", 3, 42, 1_767_225_600_000L);
    var event = new UserEvent("e", "u", "t", 7, null, 5L, Map.of("ü", "1"), at, false);
    var letter = DeadLetters.ofConflict(event);
    var canonical = CanonicalEvent.encode(event);
    assertThat(letter.getTopic()).isEqualTo("events");
    assertThat(letter.getPartition()).isEqualTo(3);
    assertThat(letter.getOffset()).isEqualTo(42);
    assertThat(letter.getIngestTime()).isEqualTo(Instant.ofEpochMilli(1_767_225_600_000L));
    assertThat(letter.getStage()).isEqualTo("conflicting-duplicate");
    assertThat(letter.getError()).isEqualTo("conflicting-duplicate");
    assertThat(letter.getRawKey()).isNull();
    assertThat(letter.getRaw()).isEqualTo(ByteBuffer.wrap(canonical));
    assertThat(letter.getRawLength()).isEqualTo(canonical.length);
  }

  @Test
  void evenAConflictingDuplicateIsBounded() {
    var at = new Coordinates("events", 0, 0, 0);
    var large = Map.of("p", "x".repeat(300_000));
    var letter =
        DeadLetters.ofConflict(new UserEvent("e", "u", "t", 7, null, null, large, at, false));
    assertThat(letter.getRaw().remaining()).isEqualTo(262_144);
    assertThat(letter.getRawLength()).isGreaterThan(300_000);
  }

  private static Rejection why() {
    return new Rejection(RejectionReason.RECORD_TOO_LARGE, "why");
  }
}
