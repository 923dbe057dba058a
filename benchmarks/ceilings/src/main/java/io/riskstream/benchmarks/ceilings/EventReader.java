package io.riskstream.benchmarks.ceilings;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/** Reads the required fields of one event after the other, without a tree. */
final class EventReader {
  private final JsonFactory json = new JsonFactory();
  private String eventId;
  private String userId;
  private String eventType;
  private long timestampMillis;

  /** Returns whether the bytes are JSON to their end, and all required fields are there. */
  boolean isValid(byte[] bytes) {
    eventId = null;
    userId = null;
    eventType = null;
    timestampMillis = 0;
    try (var parser = json.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        var value = parser.nextToken();
        take(name, value, parser);
      }
      return parser.nextToken() == null
          && isPresent(eventId)
          && isPresent(userId)
          && isPresent(eventType)
          && timestampMillis > 0;
    } catch (IOException | DateTimeException malformed) {
      return false;
    }
  }

  private void take(String name, JsonToken value, JsonParser parser) throws IOException {
    switch (name) {
      case "event_id" -> eventId = text(value, parser);
      case "user_id" -> userId = text(value, parser);
      case "event_type" -> eventType = text(value, parser);
      case "timestamp" ->
          timestampMillis =
              value == JsonToken.VALUE_STRING
                  ? OffsetDateTime.parse(parser.getText()).toInstant().toEpochMilli()
                  : parser.getLongValue();
      default -> parser.skipChildren();
    }
  }

  private static String text(JsonToken value, JsonParser parser) throws IOException {
    return value == JsonToken.VALUE_STRING ? parser.getText() : null;
  }

  private static boolean isPresent(String text) {
    return text != null && !text.isEmpty();
  }
}
