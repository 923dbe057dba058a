package io.riskstream.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The newest aggregates of a window and event type, for the hot store; a later window replaces an
 * earlier one, of one window a later attempt an earlier one, of one attempt a greater revision a
 * smaller one.
 *
 * @param fields of the row, as text, by their names in the contract
 */
public record HotWindow(
    String window,
    String eventType,
    long windowEndMillis,
    int revision,
    int epoch,
    int attempt,
    Map<String, String> fields)
    implements HotUpdate {
  public HotWindow {
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(eventType, "eventType");
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** Returns the row in the form of the hot store. */
  public static HotWindow of(WindowRow row, int epoch, int attempt) {
    var fields = new LinkedHashMap<String, String>();
    for (var field : row.getSchema().getFields()) {
      var value = row.get(field.pos());
      if (value != null) {
        fields.put(field.name(), text(value));
      }
    }
    return new HotWindow(
        row.getWindow(),
        row.getEventType(),
        row.getWindowEnd().toEpochMilli(),
        row.getRevision(),
        epoch,
        attempt,
        fields);
  }

  /** Returns what names the window's kind and type in the hot store. */
  public String name() {
    return window + ":" + eventType;
  }

  /** Returns the version as text of one length, whose byte order is the order of versions. */
  public String version() {
    return "%010d-%019d-%010d-%010d".formatted(epoch, windowEndMillis, attempt, revision);
  }

  private static String text(Object value) {
    if (value instanceof Instant time) {
      return Long.toString(time.toEpochMilli());
    }
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }
}
