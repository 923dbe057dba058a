package io.riskstream.reference;

import io.riskstream.model.Alert;
import io.riskstream.model.AlertStatus;
import io.riskstream.model.RuleDefinition;
import io.riskstream.reference.rules.Rules;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Section 9 of the semantics for one user: of each alert's final triggers the earliest. */
final class UserAlerts {
  private static final int ALERT_ID_BYTES = 16;

  private final String userId;
  private final Surroundings surroundings;
  private final Map<String, Alert> confirmed = new TreeMap<>();

  UserAlerts(String userId, Surroundings surroundings) {
    this.userId = userId;
    this.surroundings = surroundings;
  }

  /**
   * Takes a trigger; those of one event time are given in the order of their events' ids.
   *
   * @param details adds what the trigger alone knows
   */
  void triggered(
      Rules rules, RuleDefinition rule, long eventTimeMillis, Consumer<Alert.Builder> details) {
    if (surroundings.timeline().isSuppressed(userId, rule.id(), eventTimeMillis)) {
      return;
    }
    long start = Math.floorDiv(eventTimeMillis, rule.coolDownMillis()) * rule.coolDownMillis();
    long end = start + rule.coolDownMillis();
    var id = alertId(userId, rule.id(), start, end, rule.shadow());
    var eventTime = Instant.ofEpochMilli(eventTimeMillis);
    var other = confirmed.get(id);
    if (other == null || eventTime.isBefore(other.getEventTime())) {
      var joined = surroundings.joinedAt(eventTimeMillis);
      var alert =
          Alert.newBuilder()
              .setAlertId(id)
              .setRevision(0)
              .setStatus(AlertStatus.confirmed)
              .setKind(rule.ofWindows() ? "window" : "event")
              .setUserId(userId)
              .setRuleId(rule.id())
              .setRulesVersion(rules.ruleset().version())
              .setCodeVersion("")
              .setSeverity(rule.severity())
              .setMode(rule.shadow() ? "shadow" : "deliver")
              .setDescription(rule.description())
              .setRunbook(rule.runbookOrNull())
              .setCondition(rule.condition())
              .setBucketStart(Instant.ofEpochMilli(start))
              .setBucketEnd(Instant.ofEpochMilli(end))
              .setEventTime(eventTime)
              .setProfile(joined.profile())
              .setDimensions(joined.dimensions())
              .setFinal$(true);
      details.accept(alert);
      confirmed.put(id, alert.build());
    }
  }

  List<Alert> confirmed() {
    return List.copyOf(confirmed.values());
  }

  private static String alertId(
      String userId, String ruleId, long bucketStart, long bucketEnd, boolean shadow) {
    var identity =
        userId + '\0' + ruleId + '\0' + bucketStart + '\0' + bucketEnd + (shadow ? "\0shadow" : "");
    try {
      var hash =
          MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, ALERT_ID_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
