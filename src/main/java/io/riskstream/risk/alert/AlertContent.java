package io.riskstream.risk.alert;

import io.riskstream.model.Alert;
import io.riskstream.model.Contribution;
import io.riskstream.model.EventTypes;
import io.riskstream.model.Micros;
import io.riskstream.model.RuleDefinition;
import io.riskstream.model.WindowFeatures;
import io.riskstream.risk.state.Contributions;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** What an alert says of its trigger; revision, status and finality are left to its life. */
public final class AlertContent {
  private final String userId;
  private final String codeVersion;

  public AlertContent(String userId, String codeVersion) {
    this.userId = userId;
    this.codeVersion = codeVersion;
  }

  /** Returns what is common to all triggers of a rule. */
  public Alert.Builder of(
      AlertKey key,
      RuleDefinition rule,
      String rulesVersion,
      long timeMillis,
      Map<String, String> profileOrNull,
      Map<String, String> dimensions) {
    return Alert.newBuilder()
        .setAlertId(key.alertId(userId))
        .setKind(rule.ofWindows() ? "window" : "event")
        .setUserId(userId)
        .setRuleId(rule.id())
        .setRulesVersion(rulesVersion)
        .setCodeVersion(codeVersion)
        .setSeverity(rule.severity())
        .setMode(rule.shadow() ? "shadow" : "deliver")
        .setDescription(rule.description())
        .setRunbook(rule.runbookOrNull())
        .setCondition(rule.condition())
        .setBucketStart(Instant.ofEpochMilli(key.startMillis()))
        .setBucketEnd(Instant.ofEpochMilli(key.endMillis()))
        .setEventTime(Instant.ofEpochMilli(timeMillis))
        .setProfile(profileOrNull)
        .setDimensions(dimensions);
  }

  /** Adds the event that is the trigger, and what made its score. */
  public static Alert.Builder withEvent(
      Alert.Builder alert,
      String eventId,
      String eventType,
      int scoreBeforeMicros,
      int scoreAfterMicros,
      Contributions contributions) {
    return alert
        .setEventId(eventId)
        .setEventType(eventType)
        .setScoreBefore(Micros.toDecimal(scoreBeforeMicros))
        .setScore(Micros.toDecimal(scoreAfterMicros))
        .setContributions(
            contributions.shares().entrySet().stream()
                .map(
                    share ->
                        new Contribution(
                            share.getKey(),
                            share.getValue().events(),
                            Micros.toDecimal(share.getValue().deltaMicros())))
                .toList());
  }

  /** Adds the window that is the trigger. */
  public static Alert.Builder withWindow(
      Alert.Builder alert, WindowFeatures window, EventTypes types) {
    return alert
        .setWindow(window.window().name())
        .setWindowStart(Instant.ofEpochMilli(window.startMillis()))
        .setWindowEnd(Instant.ofEpochMilli(window.endMillis()))
        .setCounts(countsByName(window, types))
        .setSessionStart(Instant.ofEpochMilli(window.firstMillis()))
        .setSessionEnd(Instant.ofEpochMilli(window.lastMillis()));
  }

  /** Returns the window's counts of the types that have an event, by name, sorted. */
  public static Map<String, Long> countsByName(WindowFeatures window, EventTypes types) {
    var counts = new TreeMap<String, Long>();
    for (var number = 0; number < window.counts().length; number++) {
      if (window.counts()[number] > 0) {
        counts.put(types.nameOf(number), window.counts()[number]);
      }
    }
    return counts;
  }
}
