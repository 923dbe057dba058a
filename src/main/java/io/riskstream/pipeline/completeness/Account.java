package io.riskstream.pipeline.completeness;

import io.riskstream.model.Coordinates;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.UserEvent;
import io.riskstream.risk.Verdict;
import io.riskstream.sink.Lake;
import io.riskstream.source.Intake;
import java.time.Duration;

/**
 * One entry for the accounts. Goes to the tally next to it in the same task and no further.
 *
 * @param firstOffset first of the offsets that the entry is about, those without a record before it
 *     included
 * @param lastOffset last of them; the record's own where there is one
 * @param hourMillis start of the hour of the ingest time, or {@link #NO_HOUR}
 * @param timeMillis what the lake files the row under, or when a gap was noticed
 */
public record Account(
    Entry entry,
    String topic,
    int partition,
    long firstOffset,
    long lastOffset,
    long hourMillis,
    long timeMillis) {

  /** What an entry says. */
  public enum Entry {
    /** The gate has let an event through, late or not. */
    RECEIVED,
    /** The gate has received a record that is a dead letter. */
    REFUSED,
    /** Kafka has no record at these offsets, and never had one for a reader. */
    SKIPPED,
    /** Kafka has deleted what was at these offsets. */
    LOST,
    /** The user operator has accepted the event. */
    ACCEPTED,
    /** The user operator has dropped the event. */
    DUPLICATE,
    /** The user operator has refused the event. */
    CONFLICTING,
    /** The user operator has passed a late event on to the lake. */
    LATE,
    /** A row has gone to the ledger. */
    LEDGER_ROW
  }

  /** The hour of offsets that lie before the first record of their partition. */
  public static final long NO_HOUR = Long.MIN_VALUE;

  static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

  private static final int NO_PARTITION = -1;

  /** Returns the entry of a record that has come to the gate. */
  public static Account received(Coordinates record, long firstOffset, boolean refused) {
    return new Account(
        refused ? Entry.REFUSED : Entry.RECEIVED,
        record.topic(),
        record.partition(),
        firstOffset,
        record.offset(),
        hourOf(record.ingestTimeMillis()),
        record.ingestTimeMillis());
  }

  /** Returns the entry of offsets that will give no record. */
  public static Account gap(Intake.Gap gap, long firstOffset, long hourMillis) {
    return new Account(
        gap.lost() ? Entry.LOST : Entry.SKIPPED,
        gap.topic(),
        gap.partition(),
        firstOffset,
        gap.lastOffset(),
        hourMillis,
        gap.noticedMillis());
  }

  /** Returns the entry of offsets before the gap that nobody has spoken of. */
  static Account skipped(Intake.Gap before, long firstOffset, long lastOffset, long hourMillis) {
    return new Account(
        Entry.SKIPPED,
        before.topic(),
        before.partition(),
        firstOffset,
        lastOffset,
        hourMillis,
        before.noticedMillis());
  }

  /** Returns the entry of an event that has been judged. */
  public static Account judged(UserEvent event, Verdict verdict) {
    var record = event.coordinates();
    return new Account(
        switch (verdict) {
          case ACCEPTED -> Entry.ACCEPTED;
          case DUPLICATE -> Entry.DUPLICATE;
          case CONFLICTING_DUPLICATE -> Entry.CONFLICTING;
          case LATE -> Entry.LATE;
        },
        record.topic(),
        record.partition(),
        record.offset(),
        record.offset(),
        hourOf(record.ingestTimeMillis()),
        Lake.partitionTime(event, verdict == Verdict.LATE));
  }

  /** Returns the entry of a row of the ledger. */
  public static Account ledgerRow(LedgerRow row) {
    return new Account(Entry.LEDGER_ROW, "", NO_PARTITION, 0, 0, NO_HOUR, Lake.partitionTime(row));
  }

  static long hourOf(long millis) {
    return Math.floorDiv(millis, HOUR_MILLIS) * HOUR_MILLIS;
  }
}
