package io.riskstream.source.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.riskstream.model.Coordinates;
import io.riskstream.model.Limits;
import io.riskstream.model.RejectionReason;
import io.riskstream.model.UserEvent;
import io.riskstream.source.event.Rejection;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What {@link DecoderAgreesWithReferenceTest} does not make: documents of the greatest size, and
 * what is no object of JSON in UTF-8 at all.
 */
final class JsonEventDecoderTest {
  private static final long INGESTED = 1_767_225_600_000L;
  private static final Coordinates AT = new Coordinates("events", 0, 7, INGESTED);

  private final JsonEventDecoder decoder = new JsonEventDecoder(0);

  @Test
  void readsAValueOfTheGreatestSizeAndNoneAbove() throws Rejection {
    var greatest = " ".repeat(Limits.RECORD_BYTES - event("}").length()) + event("}");
    assertThat(decode(greatest).eventId()).isEqualTo("e");
    assertThat(reasonOf(greatest + " ")).isEqualTo(RejectionReason.RECORD_TOO_LARGE);
    assertThat(reasonOf("[" + "]".repeat(Limits.RECORD_BYTES)))
        .isEqualTo(RejectionReason.RECORD_TOO_LARGE);
  }

  @Test
  void readsAFieldWhoseNameTakesNearlyAllOfTheValue() throws Rejection {
    var name = "n".repeat(Limits.RECORD_BYTES - event(",\"\":1}").length());
    assertThat(decode(event(",\"" + name + "\":1}")).properties()).isEqualTo(Map.of(name, "1"));
  }

  @Test
  void refusesWhatIsNotUtf8WhereverItStands() {
    for (var bad : List.of("80", "C080", "EDA080", "F4908080", "F8888080", "C3")) {
      for (var before = 0; before < 9; before++) {
        var value = new ByteArrayOutputStream();
        value.writeBytes(event(",\"p\":\"" + "x".repeat(before)).getBytes(UTF_8));
        value.writeBytes(HexFormat.of().parseHex(bad));
        value.writeBytes("\"}".getBytes(UTF_8));
        assertThat(reasonOf(value.toByteArray()))
            .as(bad + " after " + before)
            .isEqualTo(RejectionReason.MALFORMED_JSON);
      }
    }
  }

  @Test
  void refusesAByteOrderMark() {
    assertThat(reasonOf("\uFEFF" + event("") + "}")).isEqualTo(RejectionReason.MALFORMED_JSON);
  }

  @Test
  void tellsWhatIsNoJsonFromJsonThatIsNoObject() {
    assertThat(reasonOf((byte[]) null)).isEqualTo(RejectionReason.NULL_RECORD);
    for (var noJson : List.of("", "  ", "[1", "[] []", "{} {}", "17 x", "nul")) {
      assertThat(reasonOf(noJson)).as(noJson).isEqualTo(RejectionReason.MALFORMED_JSON);
    }
    for (var noObject : List.of("[]", "[{\"a\":[1]}]", "17", "\"x\"", "null", "true")) {
      assertThat(reasonOf(noObject)).as(noObject).isEqualTo(RejectionReason.NOT_AN_OBJECT);
    }
  }

  @Test
  void refusesHalfASurrogatePairInAPropertyHoweverDeep() {
    for (var fields : List.of(",\"p\":\"\\ud800\"", ",\"properties\":{\"p\":[\"\\ud800\"]}")) {
      assertThat(reasonOf(event(fields) + "}")).as(fields).isEqualTo(RejectionReason.INVALID_TEXT);
    }
  }

  @Test
  void countsTheTopLevelFieldsThatTheContractDoesNotKnow() throws Exception {
    var value = event(",\"a\":1,\"b\":null,\"properties\":{\"c\":1}") + "}";
    assertThat(decoder.decode(value.getBytes(UTF_8), AT).unknownFields()).isEqualTo(2);
  }

  private UserEvent decode(String value) throws Rejection {
    return decoder.decode(value.getBytes(UTF_8), AT).event();
  }

  private RejectionReason reasonOf(String value) {
    return reasonOf(value.getBytes(UTF_8));
  }

  private RejectionReason reasonOf(byte[] value) {
    return catchThrowableOfType(Rejection.class, () -> decoder.decode(value, AT)).reason();
  }

  /** Returns an event whose last brace is still to come. */
  private static String event(String furtherFields) {
    return "{\"event_id\":\"e\",\"user_id\":\"u\",\"event_type\":\"t\",\"timestamp\":"
        + INGESTED
        + furtherFields;
  }
}
