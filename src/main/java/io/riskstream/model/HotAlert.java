package io.riskstream.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.generic.IndexedRecord;

/**
 * An alert as the hot store shows it at once, not waiting for a checkpoint. Of two with one id the
 * one of the higher epoch, then attempt, then revision is the newer: what an attempt showed and did
 * not commit is superseded by the replay, whatever course that takes.
 *
 * @param attempt run of the job that raised it: a restart may raise it anew, by another event
 * @param fields those of the topic's document, each as text, what is nested as JSON, in their order
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

  /** Returns whether the hot store shows it: alerts of shadow rules are recorded only. */
  public static boolean isShown(Alert alert) {
    return !alert.getMode().equals("shadow");
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
    return leastVersion(epoch, attempt) + "-%010d".formatted(revision);
  }

  /** Returns the least version that the run's alerts have. */
  public static String leastVersion(int epoch, int attempt) {
    return "%010d-%010d".formatted(epoch, attempt);
  }

  private static String text(Object value) {
    if (value instanceof Map<?, ?> || value instanceof List<?>) {
      var json = new StringBuilder();
      appendJson(json, value);
      return json.toString();
    }
    return plain(value);
  }

  private static String plain(Object value) {
    if (value instanceof Instant time) {
      return Long.toString(time.toEpochMilli());
    }
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }

  /** What is nested is JSON text, as in the topic's document; names of a map are sorted. */
  private static void appendJson(StringBuilder json, Object value) {
    if (value instanceof Map<?, ?> map) {
      var members = new TreeMap<String, Object>();
      map.forEach((name, member) -> members.put(name.toString(), member));
      appendMembers(json, members);
    } else if (value instanceof IndexedRecord nested) {
      var members = new LinkedHashMap<String, Object>();
      for (var field : nested.getSchema().getFields()) {
        members.put(field.name(), nested.get(field.pos()));
      }
      appendMembers(json, members);
    } else if (value instanceof List<?> elements) {
      var separator = "[";
      json.append(elements.isEmpty() ? "[" : "");
      for (var element : elements) {
        json.append(separator);
        appendJson(json, element);
        separator = ",";
      }
      json.append(']');
    } else if (value instanceof CharSequence text) {
      JsonText.append(json, text);
    } else {
      json.append(plain(value));
    }
  }

  private static void appendMembers(StringBuilder json, Map<String, Object> members) {
    var separator = "{";
    json.append(members.isEmpty() ? "{" : "");
    for (var member : members.entrySet()) {
      json.append(separator);
      JsonText.append(json, member.getKey());
      json.append(':');
      appendJson(json, member.getValue());
      separator = ",";
    }
    json.append('}');
  }
}
