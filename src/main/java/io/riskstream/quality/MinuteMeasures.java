package io.riskstream.quality;

import io.riskstream.model.EventTypes;
import io.riskstream.model.LatencyCount;
import io.riskstream.model.Micros;
import io.riskstream.model.QualityRow;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is said of one minute of a partition: its sums, its shares, and how it differs. */
final class MinuteMeasures {
  private static final int FIELDS = 3;

  private final MinuteTally tally;
  private final Baseline.Sum before;
  private final boolean isOver;
  private final QualityLimits limits;

  MinuteMeasures(MinuteTally tally, Baseline.Sum before, boolean isOver, QualityLimits limits) {
    this.tally = tally;
    this.before = before;
    this.isOver = isOver;
    this.limits = limits;
  }

  /** Returns the row, but for topic, partition and time. */
  QualityRow toRow(EventTypes types) {
    var row = new QualityRow();
    row.setOver(isOver);
    row.setFirstOffset(tally.firstOffset);
    row.setLastOffset(tally.lastOffset);
    row.setReceived(tally.received());
    row.setValid(tally.valid);
    row.setLate(tally.late);
    row.setDeadLettered(tally.decodeFailed + tally.validateFailed);
    row.setDecodeFailed(tally.decodeFailed);
    row.setValidateFailed(tally.validateFailed);
    row.setKnownType(tally.knownType);
    row.setTimely(tally.timely);
    row.setSound(tally.sound);
    row.setValidity(share(tally.sound, tally.received()));
    row.setNullSessionIds(tally.nullSessionIds);
    row.setNullValues(tally.nullValues);
    row.setNullProperties(tally.nullProperties);
    row.setLatencyCounts(latencyCounts());
    row.setTypes(counts(types));
    if (tally.valid > 0) {
      setWhatEventsSay(row);
    }
    setDifferences(row);
    return row;
  }

  private void setWhatEventsSay(QualityRow row) {
    var nulls = tally.nullSessionIds + tally.nullValues + tally.nullProperties;
    row.setCompleteness(share(FIELDS * tally.valid - nulls, FIELDS * tally.valid));
    row.setLatencyMinMillis(tally.latencyMillis.least);
    row.setLatencyMaxMillis(tally.latencyMillis.greatest);
    row.setLatencyMeanMillis(Math.floorDiv(tally.latencySumMillis, tally.valid));
    row.setTimestampMin(Instant.ofEpochMilli(tally.timestampMillis.least));
    row.setTimestampMax(Instant.ofEpochMilli(tally.timestampMillis.greatest));
    if (!tally.valueMicros.isEmpty()) {
      row.setValueMin(Micros.toDecimal(tally.valueMicros.least));
      row.setValueMax(Micros.toDecimal(tally.valueMicros.greatest));
    }
  }

  private void setDifferences(QualityRow row) {
    row.setBaselineMinutes(before.minutes());
    row.setBaselineRows(before.received());
    if (!isOver || !before.suffices(limits.leastRows())) {
      return;
    }
    var ratio = before.ratioOf(tally.received());
    row.setRowsRatio(Micros.toDecimal(ratio));
    row.setRowsAnomaly(Math.abs(ratio - Micros.ONE) > limits.rowsDeviation());
    if (tally.valid >= limits.leastRows() && before.valid() > 0) {
      var shift = before.shiftOf(tally.typeCounts, tally.valid);
      row.setTypesShift(Micros.toDecimal(shift));
      row.setTypesAnomaly(shift > limits.typesShift());
    }
  }

  private List<LatencyCount> latencyCounts() {
    var counts = new ArrayList<LatencyCount>();
    for (var bucket = 0; bucket < tally.latencyCounts.length; bucket++) {
      var bounds = MinuteTally.LATENCY_BOUNDS_MILLIS;
      counts.add(
          new LatencyCount(
              bucket < bounds.length ? bounds[bucket] : null, tally.latencyCounts[bucket]));
    }
    return counts;
  }

  private Map<String, Long> counts(EventTypes types) {
    var counts = new HashMap<String, Long>();
    for (var type = 0; type < tally.typeCounts.length; type++) {
      if (tally.typeCounts[type] > 0) {
        counts.put(types.nameOf(type), tally.typeCounts[type]);
      }
    }
    return counts;
  }

  private static BigDecimal share(long part, long whole) {
    var micros =
        BigInteger.valueOf(part)
            .multiply(BigInteger.valueOf(Micros.ONE))
            .divide(BigInteger.valueOf(whole));
    return Micros.toDecimal(micros.longValueExact());
  }
}
