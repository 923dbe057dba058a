package io.riskstream.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.Coordinates;
import io.riskstream.model.UserEvent;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Section 3 of docs/semantics.md, by hand. */
final class CanonicalEventTest {

  @Test
  void writesAllFieldsInTheOrderOfTheContract() {
    assertThat(canonical("", -250_000L, Map.of("a", "1")))
        .isEqualTo(
            "{\"event_id\":\"e\",\"user_id\":\"u\",\"event_type\":\"t\",\"timestamp\":-7,"
                + "\"session_id\":\"\",\"value\":-0.250000,\"properties\":{\"a\":\"1\"}}");
  }

  @Test
  void leavesOutWhatIsNull() {
    assertThat(canonical(null, null, Map.of()))
        .isEqualTo(
            "{\"event_id\":\"e\",\"user_id\":\"u\",\"event_type\":\"t\",\"timestamp\":-7,"
                + "\"properties\":{}}");
  }

  @Test
  void sortsPropertiesByUtf16WhateverTheirOrder() {
    var properties = new LinkedHashMap<String, String>();
    for (var name : new String[] {"\uFFFF", "b", "\uD800\uDC00", "a"}) {
      properties.put(name, "");
    }
    assertThat(canonical(null, null, properties))
        .endsWith("{\"a\":\"\",\"b\":\"\",\"\uD800\uDC00\":\"\",\"\uFFFF\":\"\"}}");
  }

  @Test
  void escapesWhatJsonRequiresAndNoMore() {
    assertThat(canonical("\"\\/\b\t\n\f\r\u0000\u001F\u007Fé😀", null, Map.of()))
        .contains("\"session_id\":\"\\\"\\\\/\\b\\t\\n\\f\\r\\u0000\\u001F\u007Fé😀\"");
  }

  private static String canonical(
      String session, Long valueMicros, Map<String, String> properties) {
    var at = new Coordinates("events", 0, 0, 0);
    var event = new UserEvent("e", "u", "t", -7, session, valueMicros, properties, at, false);
    return new String(CanonicalEvent.encode(event), StandardCharsets.UTF_8);
  }
}
