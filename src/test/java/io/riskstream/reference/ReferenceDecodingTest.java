package io.riskstream.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.DeadLetter;
import io.riskstream.model.EventRow;
import io.riskstream.testkit.SentStory;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 1 of the semantics, computed by hand for every row of its table. */
class ReferenceDecodingTest {
  private static final long NOON = 1_767_268_800_000L; // 2026-01-01T12:00Z
  private static final long SKEW = 300_000;
  private static final ReferenceSettings SETTINGS = new ReferenceSettings(1_000, 2_000, SKEW);

  @Test
  void refusesARecordWithoutAValueAndSaysItsLengthIsMinusOne() {
    var letter = refused(new SentStory().send(3, NOON, bytes("k"), null));
    assertThat(letter.getStage()).isEqualTo("decode");
    assertThat(letter.getError()).isEqualTo("null-record");
    assertThat(letter.getRawLength()).isEqualTo(-1);
    assertThat(letter.getRaw().remaining()).isZero();
    assertThat(letter.getRawKey()).isEqualTo(ByteBuffer.wrap(bytes("k")));
    assertThat(letter.getPartition()).isEqualTo(3);
    assertThat(letter.getIngestTime()).isEqualTo(Instant.ofEpochMilli(NOON));
  }

  @Test
  void refusesAValueOfMoreThan65536BytesWhateverItSays() {
    assertThat(errorOf(event("") + " ".repeat(65_537 - event("").length())))
        .isEqualTo("decode/record-too-large");
    assertThat(errorOf(event("") + " ".repeat(65_536 - event("").length()))).isEqualTo("accepted");
  }

  @Test
  void carriesOnlyTheFirst262144BytesOfATooLongValueButItsWholeLength() {
    var letter = refused(new SentStory().send(0, NOON, null, new byte[300_000]));
    assertThat(letter.getRaw().remaining()).isEqualTo(262_144);
    assertThat(letter.getRawLength()).isEqualTo(300_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                        | decode/malformed-json",
        "`  `                      | decode/malformed-json",
        "{                         | decode/malformed-json",
        "{} {}                     | decode/malformed-json",
        "[1                        | decode/malformed-json",
        "{'a':NaN}                 | decode/malformed-json",
        "{'a':01}                  | decode/malformed-json",
        "{'a':1,'a':2}             | decode/malformed-json",
        "{'a':[{'b':{},'b':1}]}    | decode/malformed-json",
        "`{'a':1,'\\u0061':1}`     | decode/malformed-json",
        "{'\\udc00':1}              | decode/malformed-json",
        "[{'a':{'\\ud800':1}}]      | decode/malformed-json",
        "[]                        | decode/not-an-object",
        "17                        | decode/not-an-object",
        "null                      | decode/not-an-object",
        "{}                        | validate/missing-field",
      })
  void refusesWhatIsNotExactlyOneJsonObject(String value, String verdict) {
    assertThat(errorOf(value.replace('\'', '"'))).isEqualTo(verdict);
  }

  @Test
  void refusesOtherEncodingsThanUtf8() {
    for (var charset : new String[] {"UTF-16BE", "UTF-16", "UTF-32", "ISO-8859-1"}) {
      var value = event(",\"session_id\":\"Zoë\"").getBytes(Charset.forName(charset));
      assertThat(refused(new SentStory().send(0, NOON, null, value)).getError())
          .as(charset)
          .isEqualTo(value[0] == 0 ? "unknown-schema-id" : "malformed-json"); // 0 is Avro
    }
    assertThat(errorOf("\uFEFF" + event(""))).isEqualTo("decode/malformed-json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'user_id':'u','event_type':'t','timestamp':1                        | missing-field",
        "'event_id':null,'user_id':'u','event_type':'t','timestamp':1        | missing-field",
        "'event_id':1,'user_id':'u','event_type':'t'                         | missing-field",
        "'event_id':1,'user_id':'','event_type':'t','timestamp':1            | wrong-type",
        "'event_id':'e','user_id':'u','event_type':'t','timestamp':true      | wrong-type",
        "'event_id':'e','user_id':'','event_type':'t','timestamp':[]         | wrong-type",
        "'event_id':'e','user_id':'','event_type':'t','timestamp':1,'session_id':7 | wrong-type",
        "'event_id':'e','user_id':'','event_type':'t','timestamp':1,'properties':[] | wrong-type",
        "'event_id':'e','user_id':'','event_type':'t','timestamp':'x'        | empty-field",
        "'event_id':'e','user_id':'u','event_type':'t','timestamp':'x'       | invalid-timestamp",
        "'event_id':'\\ud800','user_id':'u','event_type':'t','timestamp':'x' | invalid-text",
        "'event_id':'e','user_id':'u','event_type':'t','timestamp':'x','p':'\\udc00' | invalid-text",
        "'event_id':'e','user_id':'u','event_type':'t','timestamp':1,'p':['\\ud800'] | invalid-text",
        "'event_id':'e','user_id':'u','event_type':'t','timestamp':1,'value':'1' | invalid-value",
        "'event_id':'e','user_id':'u','event_type':'t','timestamp':1,'value':1e12 | value-overflow",
        "'event_id':'e','user_id':'u','event_type':'t','timestamp':1,'value':1 | impossible-timestamp",
      })
  void givesTheReasonThatStandsFirst(String fields, String error) {
    assertThat(errorOf("{" + fields.replace('\'', '"') + "}")).isEqualTo("validate/" + error);
  }

  @Test
  void measuresIdsInBytesOfUtf8() {
    assertThat(errorOf(event(",\"session_id\":\"" + "é".repeat(128) + "\""))).isEqualTo("accepted");
    assertThat(errorOf(event(",\"session_id\":\"" + "é".repeat(128) + "x\"")))
        .isEqualTo("validate/field-too-long");
  }

  @Test
  void countsPropertiesAfterUnknownFieldsHaveJoinedThem() {
    var sixtyFour =
        IntStream.range(0, 64)
            .mapToObj(i -> "\"p%d\":1".formatted(i))
            .collect(Collectors.joining(","));
    assertThat(errorOf(event(",\"properties\":{" + sixtyFour + "},\"p1\":2,\"p\":null")))
        .isEqualTo("accepted");
    assertThat(errorOf(event(",\"properties\":{" + sixtyFour + "},\"q\":2")))
        .isEqualTo("validate/too-many-properties");
  }

  @ParameterizedTest
  @CsvSource({
    "1767268800000, 2026-01-01T12:00:00Z",
    "'\"2026-01-01T12:00:00Z\"', 2026-01-01T12:00:00Z",
    "'\"2026-01-01T13:00:00.0019+01:00\"', 2026-01-01T12:00:00.001Z",
    "946684800000, 2000-01-01T00:00:00Z",
    "1767269100000, 2026-01-01T12:05:00Z", // the skew, to the millisecond
    "1767269100001, impossible-timestamp",
    "946684799999, impossible-timestamp",
    "-1, impossible-timestamp",
    "9223372036854775807, impossible-timestamp",
    "9223372036854775808, invalid-timestamp",
    "1767268800000.0, invalid-timestamp",
    "1.7672688e12, invalid-timestamp",
    "'\"2026-01-01T12:00:00\"', invalid-timestamp",
    "'\"2026-01-01\"', invalid-timestamp",
    "'\"1767268800000\"', invalid-timestamp",
    "'\"+999999999-01-01T00:00:00Z\"', invalid-timestamp",
  })
  void readsTimestampsAsWholeMillisecondsOrIso8601(String written, String meaning) {
    var json =
        "{\"event_id\":\"e\",\"user_id\":\"u\",\"event_type\":\"t\",\"timestamp\":" + written + "}";
    if (meaning.contains("timestamp")) {
      assertThat(errorOf(json)).isEqualTo("validate/" + meaning);
    } else {
      assertThat(accepted(json).getTimestamp()).isEqualTo(Instant.parse(meaning));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "12.5, 12.500000",
    "-0.0000005, 0.000000", // half, to even
    "0.0000015, 0.000002",
    "0.00000050000000000000000001, 0.000001",
    "1e-999999999, 0.000000",
    "1e-99999999999, 0.000000",
    "0e99999999999, 0.000000",
    "-0.0E+5, 0.000000",
    "9.99999999999e11, 999999999999.000000",
    "-999999999999.9999995, overflow", // rounds to the even neighbour, which is -10^12
    "999999999999.9999994, 999999999999.999999",
    "1E12, overflow",
    "9.9e12, overflow",
    "-1e12, overflow",
    "1e999999999, overflow",
    "1e99999999999, overflow",
    "null, null",
  })
  void readsAmountsAsDecimalsOfSixPlaces(String written, String meaning) {
    var json = event(",\"value\":" + written);
    switch (meaning) {
      case "overflow" -> assertThat(errorOf(json)).isEqualTo("validate/value-overflow");
      case "null" -> assertThat(accepted(json).getValue()).isNull();
      default -> assertThat(accepted(json).getValue()).isEqualTo(new BigDecimal(meaning));
    }
  }

  @Test
  void takesNumbersOfUpTo1000Digits() {
    var longest = "-" + "9".repeat(997) + ".9e-10";
    assertThat(accepted(event(",\"p\":" + longest)).getProperties())
        .isEqualTo(Map.of("p", longest));
    assertThat(errorOf(event(",\"value\":" + "9".repeat(1_000))))
        .isEqualTo("validate/value-overflow");
    assertThat(errorOf(event(",\"value\":" + "9".repeat(1_001))))
        .isEqualTo("decode/malformed-json");
    assertThat(errorOf(event(",\"p\":[9" + longest.substring(1) + "]")))
        .isEqualTo("decode/malformed-json");
  }

  @Test
  void takesDocumentsOfUpTo1000Levels() {
    var deepest = "[".repeat(999) + "]".repeat(999);
    assertThat(accepted(event(",\"p\":" + deepest)).getProperties())
        .isEqualTo(Map.of("p", deepest));
    assertThat(errorOf(event(",\"p\":[" + deepest + "]"))).isEqualTo("decode/malformed-json");
  }

  @Test
  void takesNullPropertiesForNone() {
    assertThat(accepted(event(",\"properties\":null,\"p\":1")).getProperties())
        .isEqualTo(Map.of("p", "1"));
  }

  @Test
  void looksAtAllTextsBeforeTheirLengths() {
    var tooLong = "\"session_id\":\"" + "x".repeat(257) + "\"";
    assertThat(errorOf(event("," + tooLong))).isEqualTo("validate/field-too-long");
    assertThat(errorOf(event("," + tooLong + ",\"p\":\"\\ud800\"")))
        .isEqualTo("validate/invalid-text");
  }

  @Test
  void turnsPropertiesIntoText() {
    var json =
        event(
            """
            ,"n":1.50E+3,"b":true,"gone":null,"both":"outside","hidden":"outside","s":"a\\u00e9\\/"
            ,"properties":{"both":"inside","hidden":null,"o":{ "z" : 1.0, "a":[ 1e5,null,"x\\"\\u000b" ] },"e":[]}
            """);
    assertThat(accepted(json).getProperties())
        .isEqualTo(
            Map.of(
                "n", "1.50E+3",
                "b", "true",
                "both", "inside",
                "s", "aé/",
                "o", "{\"z\":1.0,\"a\":[1e5,null,\"x\\\"\\u000B\"]}",
                "e", "[]"));
  }

  @Test
  void keepsAnEmptySessionApartFromNone() {
    assertThat(accepted(event(",\"session_id\":\"\"")).getSessionId()).isEmpty();
    assertThat(accepted(event(",\"session_id\":null")).getSessionId()).isNull();
    assertThat(accepted(event("")).getSessionId()).isNull();
  }

  private static String event(String furtherFields) {
    return "{\"event_id\":\"e\",\"user_id\":\"u\",\"event_type\":\"t\",\"timestamp\":"
        + NOON
        + furtherFields
        + "}";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Expected outcome(String value) {
    return ReferenceModel.of(new SentStory().send(0, NOON, value).records(), SETTINGS);
  }

  private static EventRow accepted(String value) {
    return outcome(value).events().get(0).toRow();
  }

  private static String errorOf(String value) {
    var outcome = outcome(value);
    if (!outcome.events().isEmpty()) {
      return "accepted";
    }
    var letter = outcome.deadLetters().get(0);
    return letter.getStage() + "/" + letter.getError();
  }

  private static DeadLetter refused(SentStory story) {
    return ReferenceModel.of(story.records(), SETTINGS).deadLetters().get(0);
  }
}
