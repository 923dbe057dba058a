package io.riskstream.reference;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.Alert;
import io.riskstream.model.Coordinates;
import io.riskstream.model.QualityRow;
import io.riskstream.model.RejectionReason;
import io.riskstream.model.UserEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Section 13 of the semantics: what the quality of recorded input is, minute by minute, and what is
 * told of it.
 *
 * @param rows by partition and minute
 * @param alerts each id's one alert, as it is confirmed; without code version
 */
public record QualitySheet(List<QualityRow> rows, List<Alert> alerts) {
  private static final long MINUTE_MILLIS = 60_000;
  private static final Comparator<SentRecord> KAFKA_ORDER =
      Comparator.comparing((SentRecord sent) -> sent.coordinates().topic())
          .thenComparingInt(sent -> sent.coordinates().partition())
          .thenComparingLong(sent -> sent.coordinates().offset());

  /**
   * What the semantics depend on here; shares in percent.
   *
   * @param types those named by configuration
   */
  public record Settings(
      Set<String> types,
      long leastRows,
      int rowsDeviation,
      int typesShift,
      int alertRowsDeviation,
      int alertTypesShift,
      int alertValidity) {}

  /**
   * A record as it was received.
   *
   * @param eventOrNull null for a dead letter
   * @param stageOrNull null for an event
   */
  record Received(
      Coordinates at, UserEvent eventOrNull, boolean late, RejectionReason.Stage stageOrNull) {}

  /** A partition as it was read. */
  private record Partition(String topic, int number) {}

  /** Computes all of it; the records may come in any order. */
  public static QualitySheet of(List<SentRecord> sent, ReferenceSettings time, Settings settings) {
    var inOrder = new ArrayList<>(sent);
    inOrder.sort(KAFKA_ORDER);
    var partitions = new HashMap<Partition, TreeMap<Long, List<Received>>>();
    var highest = new HashMap<Partition, Long>();
    for (var record : inOrder) {
      var at = record.coordinates();
      var partition = new Partition(at.topic(), at.partition());
      var minutes = partitions.computeIfAbsent(partition, name -> new TreeMap<>());
      long minute = at.ingestTimeMillis() - Math.floorMod(at.ingestTimeMillis(), MINUTE_MILLIS);
      if (!minutes.isEmpty()) {
        minute = Math.max(minute, minutes.lastKey());
      }
      minutes
          .computeIfAbsent(minute, start -> new ArrayList<>())
          .add(received(record, time, partition, highest));
    }
    var rows = new ArrayList<QualityRow>();
    var alerts = new ArrayList<Alert>();
    partitions.values().stream()
        .map(minutes -> new QualityMinutes(minutes, settings).rows())
        .forEach(
            found -> {
              rows.addAll(found);
              alerts.addAll(QualityThresholds.alerts(found, settings));
            });
    return new QualitySheet(rows, alerts);
  }

  private static Received received(
      SentRecord record,
      ReferenceSettings time,
      Partition partition,
      Map<Partition, Long> highest) {
    var decoded = EventDecoder.decode(record, time.maxFutureSkewMillis());
    if (decoded instanceof EventDecoder.Refused refused) {
      return new Received(record.coordinates(), null, false, refused.reason().stage());
    }
    var event = ((EventDecoder.Event) decoded).event();
    var before = highest.get(partition);
    var wait = time.watermarkDelayMillis() + time.allowedLatenessMillis();
    var late = before != null && event.timestampMillis() < before - wait;
    if (!late) {
      highest.merge(partition, event.timestampMillis(), Math::max);
    }
    return new Received(record.coordinates(), event, late, null);
  }
}
