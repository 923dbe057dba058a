package io.riskstream.reference;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.Coordinates;
import io.riskstream.model.DeadLetter;
import io.riskstream.model.UserEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Says what the pipeline must make of a set of sent records: sorts them by partition and offset,
 * judges each as the semantics do, and folds each user's accepted events in their order. Assumes
 * that the run was drained, so that everything is final.
 */
public final class ReferenceModel {
  private static final Comparator<SentRecord> KAFKA_ORDER =
      Comparator.comparingInt((SentRecord sent) -> sent.coordinates().partition())
          .thenComparingLong(sent -> sent.coordinates().offset());

  private final ReferenceSettings settings;
  private final List<Expected.Event> events = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final Map<String, UserHistory> users = new TreeMap<>();
  private final Map<Integer, Expected.Counts> counts = new TreeMap<>();
  private final List<Coordinates> reusedIds = new ArrayList<>();
  private final BalanceSheet balance = new BalanceSheet();
  private final UndecidedIds undecided;

  private ReferenceModel(ReferenceSettings settings, UndecidedIds undecided) {
    this.settings = settings;
    this.undecided = undecided;
  }

  /** Computes the whole outcome; the records may come in any order. */
  public static Expected of(List<SentRecord> sent, ReferenceSettings settings) {
    return of(sent, settings, List.of());
  }

  /**
   * Computes the whole outcome, given what is known of the order of arrival.
   *
   * @param firsts of lists of {@link Expected#undecided} the record that was accepted; where none
   *     is given, it is taken to be that of the lowest partition
   */
  public static Expected of(
      List<SentRecord> sent, ReferenceSettings settings, List<SentRecord> firsts) {
    var inOrder = new ArrayList<>(sent);
    inOrder.sort(KAFKA_ORDER);
    var model = new ReferenceModel(settings, new UndecidedIds(firsts));
    var gates = new HashMap<Integer, Gate>();
    for (var record : inOrder) {
      var partition = record.coordinates().partition();
      var gate = gates.computeIfAbsent(partition, ignored -> new Gate(settings));
      var ended = model.judge(record, gate);
      model.counts.merge(partition, ended, Expected.Counts::plus);
      model.balance.ended(record.coordinates(), ended);
    }
    return model.expected();
  }

  /** Sends a record to the one place where it ends, and counts it there. */
  private Expected.Counts judge(SentRecord sent, Gate gate) {
    var decoded = EventDecoder.decode(sent, settings.maxFutureSkewMillis());
    if (decoded instanceof EventDecoder.Event valid) {
      return judge(sent, valid.event(), gate);
    }
    deadLetters.add(DeadLetters.of(sent, ((EventDecoder.Refused) decoded).reason()));
    return new Expected.Counts(0, 0, 0, 1);
  }

  private Expected.Counts judge(SentRecord sent, UserEvent event, Gate gate) {
    var user = users.computeIfAbsent(event.userId(), UserHistory::new);
    user.recordArrived(event.coordinates());
    if (gate.isLate(event.timestampMillis())) {
      events.add(new Expected.Event(sent, true));
      balance.filed(event, true);
      return new Expected.Counts(0, 0, 1, 0);
    }
    // The line before this event: nothing at or after it can be final when the event arrives.
    long lineMillis = gate.lineMillis();
    gate.letThrough(event.timestampMillis());
    var original = undecided.firstOf(event, lineMillis);
    if (original == null) {
      original = user.acceptedWithId(event.eventId());
    }
    if (original != null && original.timestampMillis() >= lineMillis) {
      undecided.meet(event, sent, original.sent());
      var first = original.decodedAgain();
      if (event.sameContentAs(first)) {
        return new Expected.Counts(0, 1, 0, 0);
      }
      deadLetters.add(DeadLetters.ofConflict(event));
      return new Expected.Counts(0, 0, 0, 1);
    }
    if (original != null) {
      reusedIds.add(event.coordinates());
    }
    user.accept(event, sent);
    events.add(new Expected.Event(sent, false));
    balance.filed(event, false);
    return new Expected.Counts(1, 0, 0, 0);
  }

  private Expected expected() {
    var ledger = new ArrayList<Expected.Ledger>();
    var alerts = new ArrayList<Expected.ExpectedAlert>();
    var hashes = new HashMap<String, Expected.User>();
    var scattered = new ArrayList<String>();
    for (var user : users.values()) {
      var rows = user.ledger();
      ledger.addAll(rows);
      rows.forEach(balance::filed);
      alerts.addAll(user.alerts(rows));
      user.hash(rows).ifPresent(hash -> hashes.put(hash.userId(), hash));
      if (user.isScattered()) {
        scattered.add(user.userId());
      }
    }
    return new Expected(
        events,
        ledger,
        alerts,
        deadLetters,
        hashes,
        counts,
        Set.copyOf(scattered),
        reusedIds,
        balance.balance(),
        undecided.all());
  }

  /** Section 2 of the semantics, for one partition. */
  private static final class Gate {
    private final long waitMillis;
    private long highestMillis = Long.MIN_VALUE;

    Gate(ReferenceSettings settings) {
      waitMillis = settings.watermarkDelayMillis() + settings.allowedLatenessMillis();
    }

    long lineMillis() {
      return highestMillis == Long.MIN_VALUE ? Long.MIN_VALUE : highestMillis - waitMillis;
    }

    boolean isLate(long timestampMillis) {
      return timestampMillis < lineMillis();
    }

    void letThrough(long timestampMillis) {
      highestMillis = Math.max(highestMillis, timestampMillis);
    }
  }
}
