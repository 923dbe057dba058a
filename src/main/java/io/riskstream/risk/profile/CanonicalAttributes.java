package io.riskstream.risk.profile;

import io.riskstream.model.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Attributes as canonical JSON, names sorted; its bytes decide between updates of one timestamp.
 */
final class CanonicalAttributes {
  private CanonicalAttributes() {}

  static byte[] encode(Map<String, String> attributes) {
    var json = new StringBuilder("{");
    for (var attribute : new TreeMap<>(attributes).entrySet()) {
      if (json.length() > 1) {
        json.append(',');
      }
      JsonText.append(json, attribute.getKey());
      json.append(':');
      JsonText.append(json, attribute.getValue());
    }
    return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }
}
