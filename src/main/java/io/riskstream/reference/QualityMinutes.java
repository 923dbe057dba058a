package io.riskstream.reference;

import io.riskstream.model.LatencyCount;
import io.riskstream.model.QualityRow;
import io.riskstream.model.RejectionReason.Stage;
import io.riskstream.model.UserEvent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The rows of one partition, each computed anew from its records and those before it. */
final class QualityMinutes {
  private static final long MINUTE_MILLIS = 60_000;
  private static final List<Long> LATENCY_BOUNDS =
      List.of(100L, 1_000L, 10_000L, 60_000L, 600_000L, 3_600_000L);
  private static final int PLACES = 6;

  private final NavigableMap<Long, List<QualitySheet.Received>> minutes;
  private final QualitySheet.Settings settings;

  QualityMinutes(
      NavigableMap<Long, List<QualitySheet.Received>> minutes, QualitySheet.Settings settings) {
    this.minutes = minutes;
    this.settings = settings;
  }

  List<QualityRow> rows() {
    return minutes.keySet().stream().map(this::row).toList();
  }

  private QualityRow row(long minute) {
    var records = minutes.get(minute);
    var events = events(records);
    var row = new QualityRow();
    row.setTime(Instant.ofEpochMilli(minute));
    row.setTopic(records.get(0).at().topic());
    row.setPartition(records.get(0).at().partition());
    row.setOver(minute < minutes.lastKey());
    row.setFirstOffset(records.get(0).at().offset());
    row.setLastOffset(records.get(records.size() - 1).at().offset());
    row.setReceived((long) records.size());
    row.setValid((long) events.size());
    row.setLate(records.stream().filter(QualitySheet.Received::late).count());
    row.setDecodeFailed(ended(records, Stage.DECODE));
    row.setValidateFailed(ended(records, Stage.VALIDATE));
    row.setDeadLettered((long) records.size() - events.size());
    row.setKnownType(events.stream().filter(this::isKnown).count());
    row.setTimely(events.stream().filter(QualityMinutes::isTimely).count());
    row.setSound(events.stream().filter(this::isKnown).filter(QualityMinutes::isTimely).count());
    row.setValidity(quotient(row.getSound(), records.size()));
    row.setTypes(types(events));
    row.setLatencyCounts(latencies(events));
    fields(row, events);
    baseline(row, minute, events);
    return row;
  }

  private void fields(QualityRow row, List<UserEvent> events) {
    row.setNullSessionIds(events.stream().filter(event -> event.sessionId() == null).count());
    row.setNullValues(events.stream().filter(event -> event.valueMicros() == null).count());
    row.setNullProperties(events.stream().filter(event -> event.properties().isEmpty()).count());
    if (events.isEmpty()) {
      return;
    }
    var nulls = row.getNullSessionIds() + row.getNullValues() + row.getNullProperties();
    row.setCompleteness(quotient(3L * events.size() - nulls, 3L * events.size()));
    var latencies = sorted(events, QualityMinutes::latency);
    row.setLatencyMinMillis(latencies.first());
    row.setLatencyMaxMillis(latencies.last());
    var sum = events.stream().mapToLong(QualityMinutes::latency).sum();
    row.setLatencyMeanMillis(
        BigDecimal.valueOf(sum)
            .divide(BigDecimal.valueOf(events.size()), 0, RoundingMode.FLOOR)
            .longValueExact());
    var times = sorted(events, UserEvent::timestampMillis);
    row.setTimestampMin(Instant.ofEpochMilli(times.first()));
    row.setTimestampMax(Instant.ofEpochMilli(times.last()));
    var valued = events.stream().filter(event -> event.valueMicros() != null).toList();
    if (!valued.isEmpty()) {
      var values = sorted(valued, UserEvent::valueMicros);
      row.setValueMin(BigDecimal.valueOf(values.first(), PLACES));
      row.setValueMax(BigDecimal.valueOf(values.last(), PLACES));
    }
  }

  private void baseline(QualityRow row, long minute, List<UserEvent> events) {
    var from = Math.max(minutes.firstKey() + MINUTE_MILLIS, minute - 15 * MINUTE_MILLIS);
    var before = minutes.subMap(Math.min(from, minute), minute);
    var length = from < minute ? (minute - from) / MINUTE_MILLIS : 0;
    var rows = before.values().stream().mapToLong(List::size).sum();
    row.setBaselineMinutes((int) length);
    row.setBaselineRows(rows);
    if (!row.getOver() || length < 5 || rows < settings.leastRows() * length) {
      return;
    }
    var ratio = quotient(row.getReceived() * length, rows);
    row.setRowsRatio(ratio);
    row.setRowsAnomaly(exceeds(ratio.subtract(BigDecimal.ONE).abs(), settings.rowsDeviation()));
    var eventsBefore = events(before);
    if (events.size() >= settings.leastRows() && !eventsBefore.isEmpty()) {
      var shift = distance(events, eventsBefore);
      row.setTypesShift(shift);
      row.setTypesAnomaly(exceeds(shift, settings.typesShift()));
    }
  }

  /** Half the sum of the differences of both distributions, over one denominator. */
  private BigDecimal distance(List<UserEvent> here, List<UserEvent> before) {
    var countsHere = types(here);
    var countsBefore = types(before);
    var names = new TreeSet<>(countsHere.keySet());
    names.addAll(countsBefore.keySet());
    var sum = BigDecimal.ZERO;
    for (var name : names) {
      var one = times(countsHere.getOrDefault(name, 0L), before.size());
      var other = times(countsBefore.getOrDefault(name, 0L), here.size());
      sum = sum.add(one.subtract(other).abs());
    }
    return sum.divide(
        times(2, here.size()).multiply(BigDecimal.valueOf(before.size())),
        PLACES,
        RoundingMode.FLOOR);
  }

  private static BigDecimal times(long one, long other) {
    return BigDecimal.valueOf(one).multiply(BigDecimal.valueOf(other));
  }

  static boolean exceeds(BigDecimal share, int percent) {
    return share.compareTo(BigDecimal.valueOf(percent, 2)) > 0;
  }

  private static BigDecimal quotient(long part, long whole) {
    return BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), PLACES, RoundingMode.FLOOR);
  }

  private static List<UserEvent> events(SortedMap<Long, List<QualitySheet.Received>> minutes) {
    return minutes.values().stream().flatMap(records -> events(records).stream()).toList();
  }

  private static List<UserEvent> events(List<QualitySheet.Received> records) {
    return records.stream()
        .filter(record -> record.eventOrNull() != null)
        .map(QualitySheet.Received::eventOrNull)
        .toList();
  }

  private static long ended(List<QualitySheet.Received> records, Stage stage) {
    return records.stream().filter(record -> record.stageOrNull() == stage).count();
  }

  private boolean isKnown(UserEvent event) {
    return settings.types().contains(event.eventType());
  }

  private static long latency(UserEvent event) {
    return event.coordinates().ingestTimeMillis() - event.timestampMillis();
  }

  private static boolean isTimely(UserEvent event) {
    return latency(event) < 60 * MINUTE_MILLIS;
  }

  private Map<String, Long> types(List<UserEvent> events) {
    return events.stream()
        .collect(
            Collectors.groupingBy(
                event -> isKnown(event) ? event.eventType() : "other", Collectors.counting()));
  }

  private static List<LatencyCount> latencies(List<UserEvent> events) {
    var counts = new ArrayList<LatencyCount>();
    var under = 0L;
    for (long bound : LATENCY_BOUNDS) {
      var all = events.stream().filter(event -> latency(event) < bound).count();
      counts.add(new LatencyCount(bound, all - under));
      under = all;
    }
    counts.add(new LatencyCount(null, events.size() - under));
    return counts;
  }

  private static NavigableSet<Long> sorted(
      List<UserEvent> events, ToLongFunction<UserEvent> number) {
    return events.stream().map(number::applyAsLong).collect(Collectors.toCollection(TreeSet::new));
  }
}
