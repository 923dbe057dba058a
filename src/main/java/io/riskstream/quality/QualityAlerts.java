package io.riskstream.quality;

import io.riskstream.model.Alert;
import io.riskstream.model.AlertStatus;
import io.riskstream.model.Micros;
import io.riskstream.model.QualityRow;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Tells of minutes past a threshold, once a partition, rule and cool-down bucket: raised and
 * confirmed at once, since a minute that is over changes no more.
 */
final class QualityAlerts {
  private static final long COOL_DOWN_MILLIS = Duration.ofMinutes(10).toMillis();
  private static final int ID_BYTES = 16;
  private static final long NONE = Long.MIN_VALUE;

  /** What is judged. */
  private enum Rule {
    ROWS("quality-rows", "medium", "rows_ratio differs from 1 by more than %s"),
    TYPES("quality-types", "medium", "types_shift > %s"),
    VALIDITY("quality-validity", "high", "validity < %s");

    private final String id;
    private final String severity;
    private final String condition;

    Rule(String id, String severity, String condition) {
      this.id = id;
      this.severity = severity;
      this.condition = condition;
    }
  }

  private final String topic;
  private final int partition;
  private final QualityLimits limits;
  private final String codeVersion;

  /** Start of the bucket of the last alert, by rule; minutes only go on, so the last is enough. */
  private final Map<Rule, Long> alertedBuckets = new EnumMap<>(Rule.class);

  QualityAlerts(String topic, int partition, QualityLimits limits, String codeVersion) {
    this.topic = topic;
    this.partition = partition;
    this.limits = limits;
    this.codeVersion = codeVersion;
  }

  /** Judges a minute that is over. */
  void judge(QualityRow minute, Consumer<Alert> out) {
    for (var rule : Rule.values()) {
      var threshold = threshold(rule);
      var measured = measured(rule, minute);
      if (threshold > 0 && measured != null && isPast(rule, measured, threshold)) {
        alert(rule, minute, measured, threshold, out);
      }
    }
  }

  private long threshold(Rule rule) {
    return switch (rule) {
      case ROWS -> limits.alertRowsDeviation();
      case TYPES -> limits.alertTypesShift();
      case VALIDITY -> limits.alertValidity();
    };
  }

  private BigDecimal measured(Rule rule, QualityRow minute) {
    return switch (rule) {
      case ROWS -> minute.getRowsRatio();
      case TYPES -> minute.getTypesShift();
      case VALIDITY -> minute.getReceived() < limits.leastRows() ? null : minute.getValidity();
    };
  }

  private static boolean isPast(Rule rule, BigDecimal measured, long threshold) {
    var micros = Micros.fromDecimal(measured);
    return switch (rule) {
      case ROWS -> Math.abs(micros - Micros.ONE) > threshold;
      case TYPES -> micros > threshold;
      case VALIDITY -> micros < threshold;
    };
  }

  private void alert(
      Rule rule, QualityRow minute, BigDecimal measured, long threshold, Consumer<Alert> out) {
    var start = minute.getTime();
    var end = start.plusMillis(PartitionQuality.MINUTE_MILLIS);
    var eventTime = end.minusMillis(1);
    var bucket = Math.floorDiv(eventTime.toEpochMilli(), COOL_DOWN_MILLIS) * COOL_DOWN_MILLIS;
    if (alertedBuckets.getOrDefault(rule, NONE) == bucket) {
      return;
    }
    alertedBuckets.put(rule, bucket);
    var shownThreshold = Micros.toDecimal(threshold).toPlainString();
    var alert =
        Alert.newBuilder()
            .setAlertId(alertId(rule, bucket))
            .setRevision(0)
            .setStatus(AlertStatus.raised)
            .setKind("data-quality")
            .setRuleId(rule.id)
            .setRulesVersion("-")
            .setCodeVersion(codeVersion)
            .setSeverity(rule.severity)
            .setMode("deliver")
            .setDescription(
                "Partition %s-%d gave %d records, %d of them dead letters; measured %s"
                    .formatted(
                        topic,
                        partition,
                        minute.getReceived(),
                        minute.getDeadLettered(),
                        measured.toPlainString()))
            .setCondition(rule.condition.formatted(shownThreshold))
            .setBucketStart(Instant.ofEpochMilli(bucket))
            .setBucketEnd(Instant.ofEpochMilli(bucket + COOL_DOWN_MILLIS))
            .setEventTime(eventTime)
            .setWindow("1m/1m")
            .setWindowStart(start)
            .setWindowEnd(end)
            .setCounts(minute.getTypes())
            .setDimensions(
                Map.of(
                    "topic",
                    topic,
                    "partition",
                    Integer.toString(partition),
                    "measured",
                    measured.toPlainString(),
                    "threshold",
                    shownThreshold))
            .setContributions(List.of())
            .setFinal$(false)
            .build();
    out.accept(alert);
    out.accept(
        Alert.newBuilder(alert)
            .setRevision(1)
            .setStatus(AlertStatus.confirmed)
            .setFinal$(true)
            .build());
  }

  private String alertId(Rule rule, long bucket) {
    var identity =
        topic
            + "-"
            + partition
            + '\0'
            + rule.id
            + '\0'
            + bucket
            + '\0'
            + (bucket + COOL_DOWN_MILLIS);
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException absent) {
      throw new IllegalStateException("every Java platform has SHA-256", absent);
    }
  }

  void write(PackedWriter target) {
    for (var rule : Rule.values()) {
      target.writeLong(alertedBuckets.getOrDefault(rule, NONE));
    }
  }

  void read(PackedReader source) {
    for (var rule : Rule.values()) {
      alertedBuckets.put(rule, source.readLong());
    }
  }
}
