package io.riskstream.source;

import io.riskstream.model.Micros;
import io.riskstream.model.UserEvent;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TreeMap;

/** The one way to write a decoded event as JSON, so that equal events are equal bytes. */
public final class CanonicalEvent {
  private CanonicalEvent() {}

  /** Returns the event in UTF-8, as docs/semantics.md section 3 defines it. */
  public static byte[] encode(UserEvent event) {
    var json = new StringBuilder(256);
    json.append("{\"event_id\":");
    appendText(json, event.eventId());
    json.append(",\"user_id\":");
    appendText(json, event.userId());
    json.append(",\"event_type\":");
    appendText(json, event.eventType());
    json.append(",\"timestamp\":").append(event.timestampMillis());
    if (event.sessionId() != null) {
      json.append(",\"session_id\":");
      appendText(json, event.sessionId());
    }
    if (event.valueMicros() != null) {
      json.append(",\"value\":").append(Micros.toDecimal(event.valueMicros()).toPlainString());
    }
    json.append(",\"properties\":{");
    var separator = "";
    for (var property : new TreeMap<>(event.properties()).entrySet()) {
      json.append(separator);
      appendText(json, property.getKey());
      json.append(':');
      appendText(json, property.getValue());
      separator = ",";
    }
    return json.append("}}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void appendText(StringBuilder json, String text) {
    json.append('"');
    for (var at = 0; at < text.length(); at++) {
      var unit = text.charAt(at);
      switch (unit) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\b' -> json.append("\\b");
        case '\t' -> json.append("\\t");
        case '\n' -> json.append("\\n");
        case '\f' -> json.append("\\f");
        case '\r' -> json.append("\\r");
        default -> {
          if (unit < 0x20) {
            json.append(String.format(Locale.ROOT, "\\u%04X", (int) unit));
          } else {
            json.append(unit);
          }
        }
      }
    }
    json.append('"');
  }
}
