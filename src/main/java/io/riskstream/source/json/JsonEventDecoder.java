package io.riskstream.source.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.riskstream.model.Coordinates;
import io.riskstream.model.Limits;
import io.riskstream.model.RejectionReason;
import io.riskstream.source.event.DecodedEvent;
import io.riskstream.source.event.EventFields;
import io.riskstream.source.event.Rejection;
import io.riskstream.source.event.Utf8;
import java.io.IOException;

/**
 * Decodes one JSON record into an event, in one pass and without a tree. A record that is wrong in
 * several ways is refused for the reason that {@link RejectionReason} declares first, so that the
 * verdict does not depend on the order of fields. Thread-safe.
 */
public final class JsonEventDecoder {
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

  private final long maxFutureSkewMillis;

  public JsonEventDecoder(long maxFutureSkewMillis) {
    this.maxFutureSkewMillis = maxFutureSkewMillis;
  }

  /**
   * Returns the event that the value says.
   *
   * @throws Rejection if it keeps not to the contract
   */
  public DecodedEvent decode(byte[] value, Coordinates coordinates) throws Rejection {
    if (value == null) {
      throw new Rejection(RejectionReason.NULL_RECORD, "the record has no value");
    }
    Rejection.ifTooLarge(value);
    if (Utf8.startsWithByteOrderMark(value) || !Utf8.isWellFormed(value)) {
      throw new Rejection(
          RejectionReason.MALFORMED_JSON, "the value is not UTF-8 without a byte order mark");
    }
    var fields = new EventFields();
    try (var parser = JSON.createParser(value)) {
      readDocument(parser, fields);
    } catch (IOException malformed) {
      throw new Rejection(
          RejectionReason.MALFORMED_JSON, "the value is not JSON: " + firstLine(malformed));
    }
    return fields.decoded(coordinates, maxFutureSkewMillis);
  }

  private static void readDocument(JsonParser parser, EventFields fields)
      throws IOException, Rejection {
    var first = parser.nextToken();
    if (first == null) {
      throw new Rejection(RejectionReason.MALFORMED_JSON, "the value is empty");
    }
    if (first == JsonToken.START_OBJECT) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        var name = JsonNames.current(parser);
        parser.nextToken();
        JsonFields.read(name, parser, fields);
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
