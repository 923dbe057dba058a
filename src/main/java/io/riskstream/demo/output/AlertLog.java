package io.riskstream.demo.output;

import com.fasterxml.jackson.databind.JsonNode;
import io.riskstream.model.AlertStatus;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the alerts of the topic have come to so far. For one thread. */
public final class AlertLog {
  private final Map<AlertStatus, Long> messages = new EnumMap<>(AlertStatus.class);
  private final Set<String> rulesVersions = new HashSet<>();

  public AlertLog() {
    for (var status : AlertStatus.values()) {
      messages.put(status, 0L);
    }
  }

  /** Takes the next message of the topic. */
  public void add(JsonNode alert) {
    messages.merge(AlertStatus.valueOf(alert.path("status").asText()), 1L, Long::sum);
    rulesVersions.add(alert.path("rules_version").asText());
  }

  /** Returns how many messages there are with the status. */
  public long count(AlertStatus status) {
    return messages.get(status);
  }

  /** Returns the versions of the rulesets that alerts name. */
  public Set<String> rulesVersions() {
    return Collections.unmodifiableSet(rulesVersions);
  }

  /** Returns such as {@code raised 3 amended 0 confirmed 1 withdrawn 0}. */
  public String line() {
    return messages.entrySet().stream()
        .map(status -> String.format(Locale.ROOT, "%s %,d", status.getKey(), status.getValue()))
        .collect(Collectors.joining("  "));
  }
}
