package io.riskstream.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * An alert as the hot store shows it at once, not waiting for a checkpoint. Of two with one id the
 * one of the higher epoch, then revision, then attempt is the newer.
 *
 * @param attempt run of the job that raised it: a restart may raise it anew, by another event
 * @param fields those of the topic's document, each as text, in their order
 */
public record HotAlert(
    String alertId,
    int epoch,
    int revision,
    int attempt,
    long eventTimeMillis,
    Map<String, String> fields)
    implements HotUpdate {
  public HotAlert {
    Objects.requireNonNull(alertId, "alertId");
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** Returns the alert in the form of the hot store. */
  public static HotAlert of(Alert alert, int epoch, int attempt) {
    var fields = new LinkedHashMap<String, String>();
    for (var field : alert.getSchema().getFields()) {
      var value = alert.get(field.pos());
      if (value != null) {
        fields.put(field.name(), text(value));
      }
    }
    return new HotAlert(
        alert.getAlertId(),
        epoch,
        alert.getRevision(),
        attempt,
        alert.getEventTime().toEpochMilli(),
        fields);
  }

  /** Returns the version as text of one length, whose byte order is the order of versions. */
  public String version() {
    return "%010d-%010d-%010d".formatted(epoch, revision, attempt);
  }

  private static String text(Object value) {
    if (value instanceof Instant time) {
      return Long.toString(time.toEpochMilli());
    }
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }
}
