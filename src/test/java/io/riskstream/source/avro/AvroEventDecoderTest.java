package io.riskstream.source.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.riskstream.model.Coordinates;
import io.riskstream.model.Limits;
import io.riskstream.model.RejectionReason;
import io.riskstream.model.UserEvent;
import io.riskstream.source.event.DecodedEvent;
import io.riskstream.source.event.Rejection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What {@link AvroAgreesWithReferenceTest} does not make: one record byte by byte, and those that
 * would take all memory or time.
 */
@Timeout(20)
final class AvroEventDecoderTest {
  private static final long MILLIS = 1_767_225_600_000L;
  private static final Coordinates AT = new Coordinates("events", 0, 7, MILLIS);
  private static final String REQUIRED =
      "{'name':'event_id','type':'string'},{'name':'user_id','type':'string'},"
          + "{'name':'event_type','type':'string'},{'name':'timestamp','type':'long'}";

  /** Writes what comes behind the four required fields. */
  @FunctionalInterface
  private interface Rest {
    void write(Encoder encoder) throws IOException;
  }

  @Test
  void aRecordIsReadByteByByte() throws Exception {
    var schema =
        schema(
            ",{'name':'value','type':['null',{'type':'bytes','logicalType':'decimal',"
                + "'precision':18,'scale':6}]},{'name':'extra','type':'int'}");
    var hex =
        "00 00000007" // the zero byte, the id
            + "02 65" // "e"
            + "02 75" // "u"
            + "02 74" // "t"
            + "80a0d5edee66" // the timestamp, zig-zag
            + "02 06 012345" // the second branch, three bytes of 74,565 millionths
            + "03"; // -2
    var bytes = HexFormat.of().parseHex(hex.replace(" ", ""));

    var decoded = decode(bytes, schema);

    assertThat(decoded.unknownFields()).isEqualTo(1);
    assertThat(decoded.event())
        .isEqualTo(
            new UserEvent("e", "u", "t", MILLIS, null, 74_565L, Map.of("extra", "-2"), AT, false));
  }

  @Test
  void aValueOfTheGreatestSizeIsReadAndNoneAbove() throws Exception {
    var schema = schema(",{'name':'long','type':'string'}");
    var least = record(encoder -> encoder.writeString("")).length + 2;
    var greatest = "x".repeat(Limits.RECORD_BYTES - least);

    assertThat(decode(record(encoder -> encoder.writeString(greatest)), schema).event())
        .isNotNull();
    assertThat(reasonOf(record(encoder -> encoder.writeString(greatest + "x")), schema))
        .isEqualTo(RejectionReason.RECORD_TOO_LARGE);
  }

  @Test
  void aRecordOfUnknownSchemaNeedNotFitIt() {
    var decoder = AvroEventDecoder.withoutRegistry(0);

    var refused =
        catchThrowableOfType(
            Rejection.class, () -> decoder.decode(new byte[] {0, 1, 2, 3, 4, 99}, AT));
    assertThat(refused.reason()).isEqualTo(RejectionReason.UNKNOWN_SCHEMA_ID);
    assertThat(refused)
        .hasMessageContaining("16909060")
        .hasMessageContaining("set schema-registry");

    var cut =
        catchThrowableOfType(Rejection.class, () -> decoder.decode(new byte[] {0, 1, 2, 3}, AT));
    assertThat(cut.reason()).isEqualTo(RejectionReason.MALFORMED_AVRO);
  }

  @Test
  void aListOfNothingEndsInTime() throws Exception {
    var schema = schema(",{'name':'list','type':{'type':'array','items':'null'}}");
    Rest endless = encoder -> encoder.writeLong(1L << 62);

    assertThat(reasonOf(record(endless), schema)).isEqualTo(RejectionReason.MALFORMED_AVRO);
  }

  @Test
  void aSchemaThatUnfoldsWithoutBytesEndsInTime() throws Exception {
    var nested = new StringBuilder("{'type':'record','name':'R0','fields':[]}");
    for (var level = 1; level < 60; level++) {
      var inner = nested.toString();
      nested.setLength(0);
      nested
          .append("{'type':'record','name':'R")
          .append(level)
          .append("','fields':[{'name':'a','type':")
          .append(inner)
          .append("},{'name':'b','type':'R")
          .append(level - 1)
          .append("'}]}");
    }
    var schema = schema(",{'name':'list','type':" + nested + "}");

    assertThat(reasonOf(record(encoder -> {}), schema)).isEqualTo(RejectionReason.MALFORMED_AVRO);
  }

  @Test
  void fewBytesDoNotBecomeATextWithoutBound() throws Exception {
    var name = "n".repeat(10_000);
    var schema =
        schema(
            ",{'name':'list','type':{'type':'array','items':{'type':'record','name':'R','fields':[{'name':'"
                + name
                + "','type':'null'}]}}}");

    assertThat(decode(record(encoder -> writeItems(encoder, 100)), schema).event().properties())
        .hasEntrySatisfying("list", text -> assertThat(text).hasSize(100 * 10_009 + 99 + 2));
    assertThat(reasonOf(record(encoder -> writeItems(encoder, 105)), schema))
        .isEqualTo(RejectionReason.MALFORMED_AVRO);
    assertThat(reasonOf(record(encoder -> writeItems(encoder, 60_000)), schema))
        .isEqualTo(RejectionReason.MALFORMED_AVRO);
  }

  @Test
  void nestingIsBounded() throws Exception {
    var schema =
        schema(
            ",{'name':'list','type':{'type':'record','name':'L','fields':"
                + "[{'name':'next','type':['null','L']}]}}");

    // The record itself is the first level, the list's first node the second.
    assertThat(decode(record(encoder -> writeNodes(encoder, 999)), schema).event()).isNotNull();
    assertThat(reasonOf(record(encoder -> writeNodes(encoder, 1_000)), schema))
        .isEqualTo(RejectionReason.MALFORMED_AVRO);
    assertThat(reasonOf(record(encoder -> writeNodes(encoder, 60_000)), schema))
        .isEqualTo(RejectionReason.MALFORMED_AVRO);
  }

  @Test
  void theReplacementCharacterIsATextLikeAnyOther() throws Exception {
    var schema = schema(",{'name':'note','type':'string'}");
    var meant = record(encoder -> encoder.writeString("a\uFFFDb"));
    var torn = Arrays.copyOf(meant, meant.length);
    torn[torn.length - 2] = 'b'; // the last of its three bytes

    assertThat(decode(meant, schema).event().properties()).containsEntry("note", "a\uFFFDb");
    assertThat(reasonOf(torn, schema)).isEqualTo(RejectionReason.MALFORMED_AVRO);
  }

  private static void writeItems(Encoder encoder, int items) throws IOException {
    encoder.writeArrayStart();
    encoder.setItemCount(items);
    encoder.writeArrayEnd();
  }

  private static void writeNodes(Encoder encoder, int nodes) throws IOException {
    for (var node = 1; node < nodes; node++) {
      encoder.writeIndex(1);
    }
    encoder.writeIndex(0);
  }

  private static Schema schema(String furtherFields) {
    var json = "{'type':'record','name':'Event','fields':[" + REQUIRED + furtherFields + "]}";
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }

  private static byte[] record(Rest rest) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new byte[] {0, 0, 0, 0, 7});
    var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    encoder.writeString("e");
    encoder.writeString("u");
    encoder.writeString("t");
    encoder.writeLong(MILLIS);
    rest.write(encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static DecodedEvent decode(byte[] value, Schema schema)
      throws Rejection, InterruptedException {
    return new AvroEventDecoder(id -> new WriterSchema(schema), 0).decode(value, AT);
  }

  private static RejectionReason reasonOf(byte[] value, Schema schema) {
    return catchThrowableOfType(Rejection.class, () -> decode(value, schema)).reason();
  }
}
