package io.riskstream.reference;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.Coordinates;
import io.riskstream.model.UserEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one user's records amount to: taken in Kafka's order, folded in the order of event time. */
final class UserHistory {
  /** An accepted event in short form. */
  record Accepted(SentRecord sent, long timestampMillis) {
    UserEvent decodedAgain() {
      return EventDecoder.decodeValid(sent);
    }
  }

  private static final int NO_PARTITION = -1;

  private final String userId;
  private final Map<String, Accepted> newestById = new HashMap<>();
  private final List<ScoredEvent> scored = new ArrayList<>();
  private final UserAlerts alerts;
  private int partition = NO_PARTITION;
  private boolean scattered;
  private long validRecords;
  private long newestRecordMillis = Long.MIN_VALUE;
  private long newestAcceptedMillis = Long.MIN_VALUE;
  private long totalEvents;
  private long firstSeenMillis = Long.MAX_VALUE;
  private long lastActivityMillis = Long.MIN_VALUE;

  UserHistory(String userId) {
    this.userId = userId;
    this.alerts = new UserAlerts(userId);
  }

  String userId() {
    return userId;
  }

  boolean isScattered() {
    return scattered;
  }

  /** Notes a valid record of the user, before it is known what becomes of it. */
  void recordArrived(Coordinates coordinates) {
    scattered |= partition != NO_PARTITION && partition != coordinates.partition();
    partition = coordinates.partition();
    validRecords++;
    newestRecordMillis = Math.max(newestRecordMillis, coordinates.ingestTimeMillis());
  }

  /** Returns the last accepted event of the id, or null. */
  Accepted acceptedWithId(String eventId) {
    return newestById.get(eventId);
  }

  void accept(UserEvent event, SentRecord sent) {
    newestById.put(event.eventId(), new Accepted(sent, event.timestampMillis()));
    totalEvents++;
    firstSeenMillis = Math.min(firstSeenMillis, event.timestampMillis());
    lastActivityMillis = Math.max(lastActivityMillis, event.timestampMillis());
    newestAcceptedMillis = Math.max(newestAcceptedMillis, event.coordinates().ingestTimeMillis());
    var weightMicros = Rules.WEIGHTS_MICROS.get(event.eventType());
    if (weightMicros != null) {
      var relevant =
          new ScoredEvent(
              event.eventId(), event.eventType().intern(), event.timestampMillis(), weightMicros);
      scored.add(relevant);
      alerts.arrived(relevant);
    }
  }

  /** Section 4 of the semantics: sort, fold. */
  List<Expected.Ledger> ledger() {
    Collections.sort(scored);
    var rows = new ArrayList<Expected.Ledger>(scored.size());
    int score = 0;
    for (var event : scored) {
      int after = Rules.scoreAfter(score, event.weightMicros());
      rows.add(
          new Expected.Ledger(
              userId,
              event.eventId(),
              event.eventType(),
              event.timestampMillis(),
              rows.size() + 1,
              score,
              event.weightMicros(),
              after));
      score = after;
    }
    return rows;
  }

  List<Expected.ExpectedAlert> alerts(List<Expected.Ledger> ledger) {
    return alerts.expected(ledger, !scattered);
  }

  /** Section 6 of the semantics; nothing for a user none of whose events was accepted. */
  Optional<Expected.User> hash(List<Expected.Ledger> ledger) {
    if (totalEvents == 0) {
      return Optional.empty();
    }
    int score = ledger.isEmpty() ? 0 : ledger.get(ledger.size() - 1).scoreAfterMicros();
    return Optional.of(
        new Expected.User(
            userId,
            score,
            Rules.level(score),
            totalEvents,
            firstSeenMillis,
            lastActivityMillis,
            Rules.VERSION,
            newestAcceptedMillis,
            newestRecordMillis,
            validRecords));
  }
}
