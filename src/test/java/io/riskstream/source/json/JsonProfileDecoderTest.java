package io.riskstream.source.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.riskstream.model.Coordinates;
import io.riskstream.model.Limits;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.source.event.Rejection;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a record of the profiles topic says, or why it is none; single quotes stand for double. */
final class JsonProfileDecoderTest {
  private static final long INGESTED = 1_767_225_600_000L;
  private static final Coordinates AT = new Coordinates("user-profiles", 1, 7, INGESTED);

  private final JsonProfileDecoder decoder = new JsonProfileDecoder(1_000);

  @Test
  void anUpdateHasItsUserItsTimeAndAllAttributesAsTexts() throws Rejection {
    assertThat(
            decode(
                "{'user_id':'ü','timestamp':'2026-01-01T00:00:00.5Z',"
                    + "'attributes':{'a':'x','b':1.50,'c':true,'d':null,'e':{'f':[1 ,2]}}}"))
        .isEqualTo(
            update("ü", 500, Map.of("a", "x", "b", "1.50", "c", "true", "e", "{\"f\":[1,2]}")));
  }

  /** An event's fields have no meaning here. */
  @Test
  void whatTheContractDoesNotKnowJoinsTheAttributesUnlessTheyNameIt() throws Rejection {
    var value =
        "{'event_id':'e','value':7,'a':'outer','b':'outer','user_id':'u','timestamp':%d,"
            + "'properties':{'p':1},'attributes':{'a':'inner','b':null}}";
    assertThat(decode(value.formatted(INGESTED)))
        .isEqualTo(
            update(
                "u",
                0,
                Map.of("event_id", "e", "value", "7", "a", "inner", "properties", "{\"p\":1}")));
    assertThat(decoder.decode(quoted(value.formatted(INGESTED)), AT).unknownFields()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'user_id':'u','timestamp':1767225600000}",
        "{'user_id':'u','timestamp':1767225600000,'attributes':null}"
      })
  void withoutAttributesTheProfileIsEmpty(String value) throws Rejection {
    assertThat(decode(value)).isEqualTo(update("u", 0, Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'user_id':'u','timestamp':1767225600000                            | malformed-json
          {'user_id':'u','timestamp':1767225600000}{}                         | malformed-json
          {'user_id':'u','timestamp':1767225600000,'a':1,'a':2}               | malformed-json
          {'user_id':'u','timestamp':1767225600000,'attributes':{'a':1,'a':2}} | malformed-json
          ['user_id']                                                         | not-an-object
          {'timestamp':1767225600000}                                         | missing-field
          {'user_id':null,'timestamp':1767225600000}                          | missing-field
          {'user_id':'u'}                                                     | missing-field
          {'user_id':7,'timestamp':1767225600000}                             | wrong-type
          {'user_id':'u','timestamp':true}                                    | wrong-type
          {'user_id':'u','timestamp':1767225600000,'attributes':[]}           | wrong-type
          {'user_id':'','timestamp':1767225600000}                            | empty-field
          {'user_id':'\\ud800','timestamp':1767225600000}                     | invalid-text
          {'user_id':'u','timestamp':1767225600000,'attributes':{'a':'\\ud800'}} | invalid-text
          {'user_id':'u','timestamp':1.5}                                     | invalid-timestamp
          {'user_id':'u','timestamp':'yesterday'}                             | invalid-timestamp
          {'user_id':'u','timestamp':1767225601001}                           | impossible-timestamp
          {'user_id':'u','timestamp':946684799999}                            | impossible-timestamp
          {'user_id':7,'attributes':[]}                                       | missing-field
          """)
  void refusesWhatIsNoUpdate(String value, String reason) {
    assertThat(reasonOf(quoted(value))).isEqualTo(reason);
  }

  @Test
  void refusesWhatIsTooMuch() {
    var start = "{'user_id':'u','timestamp':1767225600000,'attributes':{";
    var attributes =
        IntStream.range(0, Limits.PROPERTIES)
            .mapToObj(number -> "'a" + number + "':1")
            .collect(Collectors.joining(","));
    assertThat(reasonOf(quoted(start + attributes + "}}"))).isNull();
    assertThat(reasonOf(quoted(start + attributes + "},'one-more':1}")))
        .isEqualTo("too-many-properties");
    assertThat(reasonOf(quoted("{'user_id':'" + "u".repeat(257) + "','timestamp':1767225600000}")))
        .isEqualTo("field-too-long");
    assertThat(reasonOf(new byte[Limits.RECORD_BYTES + 1])).isEqualTo("record-too-large");
    assertThat(reasonOf(null)).isEqualTo("null-record");
  }

  private ProfileUpdate decode(String value) throws Rejection {
    return decoder.decode(quoted(value), AT).update();
  }

  private String reasonOf(byte[] value) {
    var rejection = catchThrowableOfType(Rejection.class, () -> decoder.decode(value, AT));
    return rejection == null ? null : rejection.reason().code();
  }

  private static byte[] quoted(String value) {
    return value.replace('\'', '"').getBytes(UTF_8);
  }

  private static ProfileUpdate update(
      String userId, long millisAfterIngest, Map<String, String> attributes) {
    return new ProfileUpdate(userId, INGESTED + millisAfterIngest, attributes, AT, false);
  }
}
