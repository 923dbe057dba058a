package io.riskstream.reference;

import io.riskstream.model.Micros;
import io.riskstream.model.UserEvent;
import java.util.Map;
import java.util.TreeMap;

/** The one spelling of an event, and of its properties, that section 3 of the semantics defines. */
final class CanonicalJson {
  private CanonicalJson() {}

  static String of(UserEvent event) {
    var json = new StringBuilder("{\"event_id\":").append(quoted(event.eventId()));
    json.append(",\"user_id\":").append(quoted(event.userId()));
    json.append(",\"event_type\":").append(quoted(event.eventType()));
    json.append(",\"timestamp\":").append(event.timestampMillis());
    if (event.sessionId() != null) {
      json.append(",\"session_id\":").append(quoted(event.sessionId()));
    }
    if (event.valueMicros() != null) {
      json.append(",\"value\":").append(Micros.toDecimal(event.valueMicros()).toPlainString());
    }
    return json.append(",\"properties\":").append(of(event.properties())).append('}').toString();
  }

  /** Returns an object of texts, by the same rules. */
  static String of(Map<String, String> texts) {
    var json = new StringBuilder("{");
    var separator = "";
    for (var member : new TreeMap<>(texts).entrySet()) {
      json.append(separator).append(quoted(member.getKey()));
      json.append(':').append(quoted(member.getValue()));
      separator = ",";
    }
    return json.append('}').toString();
  }

  private static String quoted(String text) {
    var json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      json.append(
          switch (character) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\b' -> "\\b";
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\f' -> "\\f";
            case '\r' -> "\\r";
            default ->
                character < 0x20
                    ? String.format("\\u%04X", (int) character)
                    : String.valueOf(character);
          });
    }
    return json.append('"').toString();
  }
}
