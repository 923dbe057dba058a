package io.riskstream.reference;

import io.riskstream.model.Micros;
import io.riskstream.model.UserEvent;
import java.util.TreeMap;

/** The one spelling of an event that section 3 of the semantics defines for conflicts. */
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
    json.append(",\"properties\":{");
    var separator = "";
    for (var property : new TreeMap<>(event.properties()).entrySet()) {
      json.append(separator).append(quoted(property.getKey()));
      json.append(':').append(quoted(property.getValue()));
      separator = ",";
    }
    return json.append("}}").toString();
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
