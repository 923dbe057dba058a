package io.riskstream.reference;

import io.riskstream.model.Alert;
import io.riskstream.model.AlertStatus;
import io.riskstream.model.QualityRow;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The alerts of one partition: of each rule and ten minutes the first minute past the threshold.
 */
final class QualityThresholds {
  private static final long BUCKET_MILLIS = Duration.ofMinutes(10).toMillis();

  private QualityThresholds() {}

  static List<Alert> alerts(List<QualityRow> minutes, QualitySheet.Settings settings) {
    var byId = new HashMap<String, Alert>();
    var alerts = new ArrayList<Alert>();
    for (var minute : minutes) {
      for (var alert : alerts(minute, settings)) {
        if (byId.putIfAbsent(alert.getAlertId(), alert) == null) {
          alerts.add(alert);
        }
      }
    }
    return alerts;
  }

  private static List<Alert> alerts(QualityRow minute, QualitySheet.Settings settings) {
    var alerts = new ArrayList<Alert>();
    if (!minute.getOver()) {
      return alerts;
    }
    int rows = settings.alertRowsDeviation();
    var ratio = minute.getRowsRatio();
    if (rows > 0
        && ratio != null
        && QualityMinutes.exceeds(ratio.subtract(BigDecimal.ONE).abs(), rows)) {
      var condition = "rows_ratio differs from 1 by more than " + decimal(rows);
      alerts.add(alert(minute, "quality-rows", "medium", condition, ratio, rows));
    }
    int shift = settings.alertTypesShift();
    if (shift > 0
        && minute.getTypesShift() != null
        && QualityMinutes.exceeds(minute.getTypesShift(), shift)) {
      var condition = "types_shift > " + decimal(shift);
      alerts.add(
          alert(minute, "quality-types", "medium", condition, minute.getTypesShift(), shift));
    }
    int validity = settings.alertValidity();
    if (minute.getReceived() >= settings.leastRows()
        && minute.getValidity().compareTo(BigDecimal.valueOf(validity, 2)) < 0) {
      var condition = "validity < " + decimal(validity);
      alerts.add(
          alert(minute, "quality-validity", "high", condition, minute.getValidity(), validity));
    }
    return alerts;
  }

  private static Alert alert(
      QualityRow minute,
      String rule,
      String severity,
      String condition,
      BigDecimal measured,
      int percent) {
    var start = minute.getTime();
    var end = start.plus(Duration.ofMinutes(1));
    var eventTime = end.minusMillis(1);
    var bucket =
        Instant.ofEpochMilli(
            eventTime.toEpochMilli() - Math.floorMod(eventTime.toEpochMilli(), BUCKET_MILLIS));
    var bucketEnd = bucket.plusMillis(BUCKET_MILLIS);
    var partition = minute.getTopic() + "-" + minute.getPartition();
    return Alert.newBuilder()
        .setAlertId(
            id(
                partition,
                rule,
                Long.toString(bucket.toEpochMilli()),
                Long.toString(bucketEnd.toEpochMilli())))
        .setRevision(1)
        .setStatus(AlertStatus.confirmed)
        .setKind("data-quality")
        .setRuleId(rule)
        .setRulesVersion("-")
        .setCodeVersion("")
        .setSeverity(severity)
        .setMode("deliver")
        .setDescription(
            "Partition "
                + partition
                + " gave "
                + minute.getReceived()
                + " records, "
                + minute.getDeadLettered()
                + " of them dead letters; measured "
                + measured.toPlainString())
        .setCondition(condition)
        .setBucketStart(bucket)
        .setBucketEnd(bucketEnd)
        .setEventTime(eventTime)
        .setWindow("1m/1m")
        .setWindowStart(start)
        .setWindowEnd(end)
        .setCounts(minute.getTypes())
        .setDimensions(
            Map.of(
                "topic", minute.getTopic(),
                "partition", minute.getPartition() + "",
                "measured", measured.toPlainString(),
                "threshold", decimal(percent)))
        .setContributions(List.of())
        .setFinal$(true)
        .build();
  }

  private static String decimal(int percent) {
    return BigDecimal.valueOf(percent, 2).setScale(6).toPlainString();
  }

  private static String id(String... parts) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, 32);
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every Java platform has SHA-256", absent);
    }
  }
}
