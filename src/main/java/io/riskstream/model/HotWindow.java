package io.riskstream.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The newest aggregates of a window and event type, for the hot store; a later window replaces an
 * earlier one, a greater revision a smaller one.
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
}
