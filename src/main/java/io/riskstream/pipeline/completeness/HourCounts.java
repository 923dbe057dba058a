package io.riskstream.pipeline.completeness;

/**
 * What one partition gave in one ingest hour, and what became of it; sums are exact in any order.
 *
 * @param skipped offsets without a record for a reader
 * @param lost offsets whose record Kafka had deleted
 * @param firstOffset first offset of the range, or Long.MAX_VALUE where none is known yet
 * @param lastOffset last offset of the range, or -1 where none is known yet
 */
public record HourCounts(
    long received,
    long accepted,
    long duplicate,
    long late,
    long deadLettered,
    long skipped,
    long lost,
    long firstOffset,
    long lastOffset) {
  static final HourCounts NONE = new HourCounts(0, 0, 0, 0, 0, 0, 0, Long.MAX_VALUE, -1);

  HourCounts plus(HourCounts other) {
    return new HourCounts(
        received + other.received,
        accepted + other.accepted,
        duplicate + other.duplicate,
        late + other.late,
        deadLettered + other.deadLettered,
        skipped + other.skipped,
        lost + other.lost,
        Math.min(firstOffset, other.firstOffset),
        Math.max(lastOffset, other.lastOffset));
  }

  /** Returns whether everything received has come to its end. */
  boolean isBalanced() {
    return received == accepted + duplicate + late + deadLettered;
  }

  /** Returns the counts of one entry. */
  static HourCounts of(Account account) {
    long offsets = account.lastOffset() - account.firstOffset() + 1;
    long first = account.firstOffset();
    long last = account.lastOffset();
    return switch (account.entry()) {
      case RECEIVED -> new HourCounts(1, 0, 0, 0, 0, offsets - 1, 0, first, last);
      case REFUSED -> new HourCounts(1, 0, 0, 0, 1, offsets - 1, 0, first, last);
      case SKIPPED -> new HourCounts(0, 0, 0, 0, 0, offsets, 0, first, last);
      case LOST -> new HourCounts(0, 0, 0, 0, 0, 0, offsets, first, last);
      case ACCEPTED -> new HourCounts(0, 1, 0, 0, 0, 0, 0, Long.MAX_VALUE, -1);
      case DUPLICATE -> new HourCounts(0, 0, 1, 0, 0, 0, 0, Long.MAX_VALUE, -1);
      case LATE -> new HourCounts(0, 0, 0, 1, 0, 0, 0, Long.MAX_VALUE, -1);
      case CONFLICTING -> new HourCounts(0, 0, 0, 0, 1, 0, 0, Long.MAX_VALUE, -1);
      case LEDGER_ROW -> NONE;
    };
  }
}
