package io.riskstream.testkit;

import io.riskstream.model.Alert;
import io.riskstream.model.AlertStatus;
import io.riskstream.model.Micros;
import java.time.Instant;
import java.util.Map;

/** Alerts to be changed field by field, for tests of what carries them. */
public final class SampleAlerts {
  private SampleAlerts() {}

  /** Returns an alert of an event rule as it is raised. */
  public static Alert raised(String userId) {
    return Alert.newBuilder()
        .setAlertId("id")
        .setRevision(0)
        .setStatus(AlertStatus.raised)
        .setKind("event")
        .setUserId(userId)
        .setRuleId("high-score")
        .setRulesVersion("default-1")
        .setCodeVersion("1")
        .setSeverity("high")
        .setMode("deliver")
        .setDescription("why")
        .setCondition("score_after >= 0.8")
        .setBucketStart(Instant.ofEpochMilli(600_000))
        .setBucketEnd(Instant.ofEpochMilli(1_200_000))
        .setEventTime(Instant.ofEpochMilli(600_001))
        .setEventId("e")
        .setEventType("failed_login")
        .setScoreBefore(Micros.toDecimal(700_000))
        .setScore(Micros.toDecimal(800_000))
        .setDimensions(Map.of())
        .setFinal$(false)
        .build();
  }
}
