package io.riskstream.reference;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.Alert;
import io.riskstream.model.Coordinates;
import io.riskstream.model.DeadLetter;
import io.riskstream.model.EventRow;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.Micros;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that the pipeline must have written once everything sent is final. Large datasets are held in
 * short form; {@code toRow()} gives the row in the contract's form.
 *
 * @param events rows of the lake's events dataset, by partition and offset
 * @param ledger rows of the ledger, a user's in their order
 * @param alerts one for each alert id that may exist
 * @param deadLetters by partition and offset of the refused record; {@code message} is empty, as it
 *     is no contract
 * @param users by user id; everyone with an accepted event
 * @param counts by partition
 * @param scatteredUsers users with records in several partitions: in which order those arrived is
 *     not known, so which copy of a duplicate was accepted and what was raised on arrival is not
 *     either
 * @param reusedIds accepted events whose id an earlier event had that the gate's line had passed;
 *     whether that one was final yet depends on the run, and such records are outside the law
 * @param balance what the accounts say
 * @param undecided records of one user and id in several partitions: exactly one of each list was
 *     accepted, the one that arrived first, which Kafka's order does not tell
 */
public record Expected(
    List<Event> events,
    List<Ledger> ledger,
    List<ExpectedAlert> alerts,
    List<DeadLetter> deadLetters,
    Map<String, User> users,
    Map<Integer, Counts> counts,
    Set<String> scatteredUsers,
    List<Coordinates> reusedIds,
    Balance balance,
    List<List<SentRecord>> undecided) {

  /** An event that the lake must hold; decoded again each time its row is asked for. */
  public record Event(SentRecord sent, boolean late) {
    /** Returns the row of the events dataset. */
    public EventRow toRow() {
      var event = EventDecoder.decodeValid(sent);
      var coordinates = sent.coordinates();
      return new EventRow(
          event.eventId(),
          event.userId(),
          event.eventType(),
          Instant.ofEpochMilli(event.timestampMillis()),
          event.sessionId(),
          event.valueMicros() == null ? null : Micros.toDecimal(event.valueMicros()),
          event.properties(),
          coordinates.topic(),
          coordinates.partition(),
          coordinates.offset(),
          Instant.ofEpochMilli(coordinates.ingestTimeMillis()),
          late);
    }
  }

  /** A final score-relevant event; scores in millionths. */
  public record Ledger(
      String userId,
      String eventId,
      String eventType,
      long timestampMillis,
      long sequence,
      int scoreBeforeMicros,
      int weightMicros,
      int scoreAfterMicros) {
    /** Returns the row of the ledger dataset. */
    public LedgerRow toRow() {
      return new LedgerRow(
          userId,
          eventId,
          eventType,
          Instant.ofEpochMilli(timestampMillis),
          sequence,
          Micros.toDecimal(scoreBeforeMicros),
          Micros.toDecimal(weightMicros),
          Micros.toDecimal(scoreAfterMicros - scoreBeforeMicros),
          Micros.toDecimal(scoreAfterMicros),
          Rules.VERSION,
          null,
          Map.of(),
          true);
    }
  }

  /**
   * A user's hash in the hot store.
   *
   * @param newestAcceptedMillis ingest time of the newest accepted record: {@code as_of} is not
   *     before it
   * @param newestRecordMillis ingest time of the newest valid record of the user, late ones and
   *     duplicates included: {@code as_of} is not after it
   * @param validRecords records of the user that are no dead letters of decoding or validation: no
   *     more can have been routed to it
   */
  public record User(
      String userId,
      int scoreMicros,
      String level,
      long totalEvents,
      long firstSeenMillis,
      long lastActivityMillis,
      String rulesVersion,
      long newestAcceptedMillis,
      long newestRecordMillis,
      long validRecords) {}

  /** Where the records of one partition ended; the four numbers sum to what was sent. */
  public record Counts(long accepted, long duplicate, long late, long deadLettered) {
    /** Returns the sums of both. */
    public Counts plus(Counts other) {
      return new Counts(
          accepted + other.accepted,
          duplicate + other.duplicate,
          late + other.late,
          deadLettered + other.deadLettered);
    }
  }

  /**
   * An alert of one cool-down bucket of a user.
   *
   * @param mandatory whether it must exist; where not, it may
   * @param candidates the contents that it may have: as raised on arrival, as raised at finality
   * @param arrivalKnown if not, any content that is not final may be right
   */
  public record ExpectedAlert(
      String alertId, boolean mandatory, List<Alert> candidates, boolean arrivalKnown) {}

  /** Returns the sums over all partitions. */
  public Counts totals() {
    return counts.values().stream().reduce(new Counts(0, 0, 0, 0), Counts::plus);
  }
}
