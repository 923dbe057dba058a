package io.riskstream.reference;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.Alert;
import io.riskstream.model.Coordinates;
import io.riskstream.model.DeadLetter;
import io.riskstream.model.UserEvent;
import io.riskstream.model.WindowSpec;
import io.riskstream.reference.rules.ControlGate;
import io.riskstream.reference.rules.RefusedDocumentException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Says what the pipeline must make of what was sent: sorts it by partition and offset, judges each
 * record as the semantics do, and folds each user's accepted events in their order. Assumes that
 * the run was drained, so that everything is final.
 */
public final class ReferenceModel {
  private static final Comparator<SentRecord> KAFKA_ORDER =
      Comparator.comparingInt((SentRecord sent) -> sent.coordinates().partition())
          .thenComparingLong(sent -> sent.coordinates().offset());

  private final ReferenceSettings settings;
  private final List<Expected.Event> events = new ArrayList<>();
  private final List<Expected.Profile> profiles = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private final Map<String, UserHistory> users = new TreeMap<>();
  private final Map<Integer, Expected.Counts> counts = new TreeMap<>();
  private final List<Coordinates> reusedIds = new ArrayList<>();
  private final BalanceSheet balance = new BalanceSheet();
  private final UndecidedIds undecided;
  private final ControlGate control;

  private ReferenceModel(ReferenceSettings settings, UndecidedIds undecided, ControlGate control) {
    this.settings = settings;
    this.undecided = undecided;
    this.control = control;
  }

  /** Computes the whole outcome of events alone; the records may come in any order. */
  public static Expected of(List<SentRecord> sent, ReferenceSettings settings) {
    return of(ReferenceInput.ofEvents(sent), settings);
  }

  /**
   * Computes the whole outcome.
   *
   * @throws IllegalArgumentException if the initial ruleset is none
   */
  public static Expected of(ReferenceInput input, ReferenceSettings settings) {
    var model =
        new ReferenceModel(settings, new UndecidedIds(input.firsts()), controlGate(settings));
    model.control.judge(input.control());
    model.eachInOrder(
        input.events(),
        (record, gate) -> {
          var ended = model.judge(record, gate);
          model.counts.merge(record.coordinates().partition(), ended, Expected.Counts::plus);
          model.balance.ended(record.coordinates(), ended);
        });
    model.eachInOrder(input.profiles(), model::judgeProfile);
    return model.expected();
  }

  private static ControlGate controlGate(ReferenceSettings settings) {
    try {
      return new ControlGate(
          settings.liveWindows().stream().map(WindowSpec::name).collect(Collectors.toSet()),
          settings.initialRuleset(),
          settings.maxFutureSkewMillis() + settings.rulesGuardMillis(),
          settings.dimensionFiles());
    } catch (RefusedDocumentException refused) {
      throw new IllegalArgumentException("initial ruleset: " + refused.getMessage(), refused);
    }
  }

  /** Each partition's records in their order, with the partition's gate. */
  private void eachInOrder(List<SentRecord> sent, BiConsumer<SentRecord, Gate> judge) {
    var inOrder = new ArrayList<>(sent);
    inOrder.sort(KAFKA_ORDER);
    var gates = new HashMap<Integer, Gate>();
    for (var record : inOrder) {
      var partition = record.coordinates().partition();
      judge.accept(record, gates.computeIfAbsent(partition, ignored -> new Gate(settings)));
    }
  }

  /** Section 6 of the semantics. */
  private void judgeProfile(SentRecord sent, Gate gate) {
    try {
      var update = ProfileDecoder.decode(sent, settings.maxFutureSkewMillis());
      var user = users.computeIfAbsent(update.userId(), UserHistory::new);
      user.recordArrived(update.coordinates());
      boolean late = gate.isLate(update.timestampMillis());
      if (!late) {
        gate.letThrough(update.timestampMillis());
        user.updateProfile(update.timestampMillis(), update.attributes());
      }
      profiles.add(new Expected.Profile(user.userId(), sent, late));
    } catch (EventDecoder.RefusedException refused) {
      deadLetters.add(DeadLetters.of(sent, refused.reason()));
    }
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
    user.eventArrived(event.coordinates());
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
    var alerts = new ArrayList<Alert>();
    var activity = new ArrayList<Expected.Activity>();
    var hashes = new HashMap<String, Expected.User>();
    var scattered = new ArrayList<String>();
    var tallies = new WindowTallies();
    var documents = new Documents(control.timeline(), settings, new Surroundings.Copies());
    for (var user : users.values()) {
      var outcome = user.outcome(documents, tallies);
      ledger.addAll(outcome.ledger());
      outcome.ledger().forEach(balance::filed);
      alerts.addAll(outcome.alerts());
      activity.addAll(outcome.activity());
      outcome.hash().ifPresent(hash -> hashes.put(hash.userId(), hash));
      if (user.isScattered()) {
        scattered.add(user.userId());
      }
    }
    return new Expected(
        events,
        ledger,
        alerts,
        tallies.rows(),
        activity,
        profiles,
        control.rows(),
        control.answers(),
        deadLetters,
        hashes,
        counts,
        Set.copyOf(scattered),
        reusedIds,
        balance.balance(),
        undecided.all());
  }
}
