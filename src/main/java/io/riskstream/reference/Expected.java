package io.riskstream.reference;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.ActivityRow;
import io.riskstream.model.Alert;
import io.riskstream.model.ControlRow;
import io.riskstream.model.Coordinates;
import io.riskstream.model.DeadLetter;
import io.riskstream.model.EventRow;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.Micros;
import io.riskstream.model.ProfileRow;
import io.riskstream.model.WindowRow;
import io.riskstream.reference.rules.ControlAnswer;
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
 * @param alerts those that must be confirmed, shadow ones too; {@code revision} and {@code
 *     code_version} are open
 * @param windows the final rows of the aggregates; {@code revision} is open
 * @param activity rows of the dataset
 * @param profiles rows of the dataset, by partition and offset
 * @param control rows of the dataset, by offset
 * @param answers to each record of the control topic, by offset
 * @param deadLetters by partition and offset of the refused record; {@code message} is empty, as it
 *     is no contract
 * @param users by user id; everyone with an accepted event
 * @param counts by partition
 * @param scatteredUsers users with records in several partitions: in which order those arrived is
 *     not known, so which copy of a duplicate was accepted is not either
 * @param reusedIds accepted events whose id an earlier event had that the gate's line had passed;
 *     whether that one was final yet depends on the run, and such records are outside the law
 * @param balance what the accounts say
 * @param undecided records of one user and id in several partitions: exactly one of each list was
 *     accepted, the one that arrived first, which Kafka's order does not tell
 */
public record Expected(
    List<Event> events,
    List<Ledger> ledger,
    List<Alert> alerts,
    List<WindowRow> windows,
    List<Activity> activity,
    List<Profile> profiles,
    List<ControlRow> control,
    List<ControlAnswer> answers,
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

  /** An update of a profile; decoded again each time its row is asked for. */
  public record Profile(String userId, SentRecord sent, boolean late) {
    /** Returns the row of the profiles dataset. */
    public ProfileRow toRow() {
      var update = ProfileDecoder.decodeValid(sent);
      var coordinates = sent.coordinates();
      return new ProfileRow(
          update.userId(),
          Instant.ofEpochMilli(update.timestampMillis()),
          update.attributes(),
          coordinates.topic(),
          coordinates.partition(),
          coordinates.offset(),
          Instant.ofEpochMilli(coordinates.ingestTimeMillis()),
          late);
    }
  }

  /**
   * What a user did in a tumbling window.
   *
   * @param counts by type
   * @param profile null where there is none
   */
  public record Activity(
      String userId,
      long startMillis,
      long endMillis,
      Map<String, Long> counts,
      long firstMillis,
      long lastMillis,
      String rulesVersion,
      Map<String, String> profile,
      Map<String, String> dimensions) {
    /** Returns the row of the activity dataset. */
    public ActivityRow toRow() {
      return new ActivityRow(
          userId,
          Instant.ofEpochMilli(startMillis),
          Instant.ofEpochMilli(endMillis),
          counts.values().stream().mapToLong(Long::longValue).sum(),
          counts,
          counts.keySet().stream().sorted().toList(),
          Instant.ofEpochMilli(firstMillis),
          Instant.ofEpochMilli(lastMillis),
          rulesVersion,
          profile,
          dimensions);
    }
  }

  /**
   * A final score-relevant event; scores in millionths.
   *
   * @param profile null where there is none
   */
  public record Ledger(
      String userId,
      String eventId,
      String eventType,
      long timestampMillis,
      long sequence,
      int scoreBeforeMicros,
      int weightMicros,
      int scoreAfterMicros,
      String rulesVersion,
      Map<String, String> profile,
      Map<String, String> dimensions) {
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
          rulesVersion,
          profile,
          dimensions,
          true);
    }
  }

  /**
   * A user's hash in the hot store.
   *
   * @param newestAcceptedMillis ingest time of the newest accepted record: {@code as_of} is not
   *     before it
   * @param newestRecordMillis ingest time of the newest valid record of the user, late ones,
   *     duplicates and profiles included: {@code as_of} is not after it
   * @param validRecords records of the user, profiles included, that are no dead letters of
   *     decoding or validation: no more can have been routed to it
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

  /** Returns the sums over all partitions. */
  public Counts totals() {
    return counts.values().stream().reduce(new Counts(0, 0, 0, 0), Counts::plus);
  }
}
