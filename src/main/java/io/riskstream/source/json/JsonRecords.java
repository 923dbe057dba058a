package io.riskstream.source.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.riskstream.model.Limits;
import io.riskstream.model.RejectionReason;
import io.riskstream.source.event.EventFields;
import io.riskstream.source.event.Rejection;
import io.riskstream.source.event.Utf8;
import java.io.IOException;

/** Reads a record that must be one JSON object, member by member and without a tree. */
final class JsonRecords {
  // A document's verdict must not depend on documents before it: no limit on the shared symbol
  // table.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNameLength(Limits.RECORD_BYTES).build())
          .build();

  /** Reads one member's value. */
  @FunctionalInterface
  interface MemberReader {
    /** Reads the value that the parser stands on, and leaves it at the value's last token. */
    void read(String member, JsonParser parser, EventFields fields) throws IOException;
  }

  private JsonRecords() {}

  /**
   * Reads the record's members into the fields.
   *
   * @throws Rejection if it is no JSON; that it is no object is told to the fields
   */
  static void read(byte[] value, EventFields fields, MemberReader members) throws Rejection {
    if (value == null) {
      throw new Rejection(RejectionReason.NULL_RECORD, "the record has no value");
    }
    Rejection.ifTooLarge(value);
    if (Utf8.startsWithByteOrderMark(value) || !Utf8.isWellFormed(value)) {
      throw new Rejection(
          RejectionReason.MALFORMED_JSON, "the value is not UTF-8 without a byte order mark");
    }
    try (var parser = JSON.createParser(value)) {
      readDocument(parser, fields, members);
    } catch (IOException malformed) {
      throw new Rejection(
          RejectionReason.MALFORMED_JSON, "the value is not JSON: " + firstLine(malformed));
    }
  }

  private static void readDocument(JsonParser parser, EventFields fields, MemberReader members)
      throws IOException, Rejection {
    var first = parser.nextToken();
    if (first == null) {
      throw new Rejection(RejectionReason.MALFORMED_JSON, "the value is empty");
    }
    if (first == JsonToken.START_OBJECT) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        var name = JsonNames.current(parser);
        parser.nextToken();
        members.read(name, parser, fields);
      }
    } else {
      JsonNames.skipValue(parser);
      fields.refuse(RejectionReason.NOT_AN_OBJECT, "the value is JSON, but no object");
    }
    if (parser.nextToken() != null) {
      throw new Rejection(
          RejectionReason.MALFORMED_JSON, "the value goes on after its JSON document");
    }
  }

  private static String firstLine(IOException failure) {
    var message = String.valueOf(failure.getMessage());
    var end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }
}
