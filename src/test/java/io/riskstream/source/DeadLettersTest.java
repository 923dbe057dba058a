package io.riskstream.source;

import static io.riskstream.testkit.Events.purchase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.riskstream.model.Coordinates;
import io.riskstream.model.Limits;
import io.riskstream.model.RejectionReason;
import io.riskstream.sink.AvroJson;
import java.nio.charset.StandardCharsets;
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
  void aConflictCarriesTheRefusedEventAsCanonicalJson() {
    var letter = DeadLetters.ofConflict(purchase("ann", "one", 5));
    assertThat(StandardCharsets.UTF_8.decode(letter.getRaw()).toString())
        .isEqualTo(
            "{\"event_id\":\"one\",\"user_id\":\"ann\",\"event_type\":\"purchase\","
                + "\"timestamp\":1767225600005,\"properties\":{}}");
  }

  private static Rejection why() {
    return new Rejection(RejectionReason.RECORD_TOO_LARGE, "why");
  }
}
