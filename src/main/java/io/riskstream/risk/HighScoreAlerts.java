package io.riskstream.risk;

import io.riskstream.model.Alert;
import io.riskstream.model.AlertStatus;
import io.riskstream.model.Micros;
import io.riskstream.risk.state.PendingEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.function.Consumer;

/** The rule that fires at level high, once a user and cool-down bucket. */
final class HighScoreAlerts {
  private static final int ID_BYTES = 16;

  private final Ruleset ruleset;

  HighScoreAlerts(Ruleset ruleset) {
    this.ruleset = ruleset;
  }

  /** Raises the alert if the event fires the rule and its bucket has none yet. */
  void judge(
      UserState user,
      String userId,
      PendingEvent event,
      int scoreBefore,
      int scoreAfter,
      boolean isFinal,
      Consumer<Alert> raised) {
    if (scoreAfter < ruleset.highMicros()) {
      return;
    }
    var bucket = ruleset.bucketStart(event.timestampMillis());
    if (user.alertedBuckets.contains(bucket)) {
      return;
    }
    user.alertedBuckets.add(bucket);
    raised.accept(
        Alert.newBuilder()
            .setAlertId(alertId(userId, Ruleset.HIGH_SCORE, bucket))
            .setRevision(0)
            .setStatus(AlertStatus.raised)
            .setKind("event")
            .setCodeVersion("")
            .setSeverity("high")
            .setMode("deliver")
            .setDescription("")
            .setCondition("score_after >= 0.8")
            .setUserId(userId)
            .setRuleId(Ruleset.HIGH_SCORE)
            .setRulesVersion(ruleset.version())
            .setBucketStart(Instant.ofEpochMilli(bucket))
            .setBucketEnd(Instant.ofEpochMilli(bucket + ruleset.coolDownMillis()))
            .setEventId(event.eventId())
            .setEventType(event.eventType())
            .setEventTime(Instant.ofEpochMilli(event.timestampMillis()))
            .setScoreBefore(Micros.toDecimal(scoreBefore))
            .setScore(Micros.toDecimal(scoreAfter))
            .setFinal$(isFinal)
            .build());
  }

  /** Forgets the buckets that no accepted event can fall into any more. */
  void clearBefore(UserState user, long line) {
    user.alertedBuckets.removeIf(start -> start + ruleset.coolDownMillis() <= line);
  }

  /** Returns the alert's identity as the contract defines it. */
  static String alertId(String userId, String ruleId, long bucketStartMillis) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256")
              .digest(
                  (userId + '\0' + ruleId + '\0' + bucketStartMillis)
                      .getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every Java platform has SHA-256", absent);
    }
  }
}
