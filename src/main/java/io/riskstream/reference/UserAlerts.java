package io.riskstream.reference;

import io.riskstream.model.Alert;
import io.riskstream.model.AlertStatus;
import io.riskstream.model.Micros;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Section 5 of the semantics for one user: in each cool-down bucket, what the first event that
 * fires as it arrives would raise, and what the earliest final trigger would.
 */
final class UserAlerts {
  private static final int ALERT_ID_BYTES = 16;

  private final String userId;
  private final ProvisionalOrder provisional = new ProvisionalOrder();
  private final TreeMap<Long, Alert> raisedOnArrival = new TreeMap<>();

  UserAlerts(String userId) {
    this.userId = userId;
  }

  /** Judges an event at its place among those that arrived before it. */
  void arrived(ScoredEvent event) {
    int before = provisional.insert(event);
    int after = Rules.scoreAfter(before, event.weightMicros());
    if (Rules.fires(after)) {
      long bucket = Rules.bucketStartMillis(event.timestampMillis());
      raisedOnArrival.computeIfAbsent(bucket, ignored -> alert(event, before, after, false));
    }
  }

  /** Returns the alerts, given what became final. */
  List<Expected.ExpectedAlert> expected(List<Expected.Ledger> ledger, boolean arrivalKnown) {
    var raisedAtFinality = new TreeMap<Long, Alert>();
    var buckets = new TreeSet<>(raisedOnArrival.keySet());
    for (var row : ledger) {
      long bucket = Rules.bucketStartMillis(row.timestampMillis());
      if (Rules.fires(row.scoreAfterMicros())) {
        raisedAtFinality.computeIfAbsent(bucket, ignored -> alertAtFinality(row));
      }
      if (Rules.fires(row.scoreAfterMicros()) || !arrivalKnown) {
        buckets.add(bucket);
      }
    }
    var expected = new ArrayList<Expected.ExpectedAlert>();
    for (var bucket : buckets) {
      var candidates = new ArrayList<Alert>();
      if (arrivalKnown && raisedOnArrival.containsKey(bucket)) {
        candidates.add(raisedOnArrival.get(bucket));
      }
      if (raisedAtFinality.containsKey(bucket)) {
        candidates.add(raisedAtFinality.get(bucket));
      }
      boolean mandatory = arrivalKnown || raisedAtFinality.containsKey(bucket);
      expected.add(
          new Expected.ExpectedAlert(alertId(bucket), mandatory, candidates, arrivalKnown));
    }
    return expected;
  }

  private Alert alertAtFinality(Expected.Ledger row) {
    var trigger =
        new ScoredEvent(row.eventId(), row.eventType(), row.timestampMillis(), row.weightMicros());
    return alert(trigger, row.scoreBeforeMicros(), row.scoreAfterMicros(), true);
  }

  private Alert alert(ScoredEvent trigger, int before, int after, boolean isFinal) {
    long bucket = Rules.bucketStartMillis(trigger.timestampMillis());
    return Alert.newBuilder()
        .setAlertId(alertId(bucket))
        .setRevision(0)
        .setStatus(AlertStatus.raised)
        .setKind("event")
        .setCodeVersion("")
        .setSeverity("high")
        .setMode("deliver")
        .setDescription("")
        .setCondition("score_after >= 0.8")
        .setUserId(userId)
        .setRuleId(Rules.ALERT_RULE)
        .setRulesVersion(Rules.VERSION)
        .setBucketStart(Instant.ofEpochMilli(bucket))
        .setBucketEnd(Instant.ofEpochMilli(bucket + Rules.COOL_DOWN_MILLIS))
        .setEventId(trigger.eventId())
        .setEventType(trigger.eventType())
        .setEventTime(Instant.ofEpochMilli(trigger.timestampMillis()))
        .setScoreBefore(score(before))
        .setScore(score(after))
        .setFinal$(isFinal)
        .build();
  }

  private static BigDecimal score(int micros) {
    return Micros.toDecimal(micros);
  }

  private String alertId(long bucketStartMillis) {
    var identity = userId + '\0' + Rules.ALERT_RULE + '\0' + bucketStartMillis;
    try {
      var hash =
          MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, ALERT_ID_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
