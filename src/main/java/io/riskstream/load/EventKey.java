package io.riskstream.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The key that a line is sent with. */
final class EventKey {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EventKey() {}

  /** Returns the line's {@code user_id}, or null where it has none or is no JSON. */
  static byte[] of(byte[] line) {
    try {
      var userId = JSON.readTree(line).path("user_id");
      return userId.isTextual() ? userId.textValue().getBytes(StandardCharsets.UTF_8) : null;
    } catch (IOException notJson) {
      return null;
    }
  }
}
