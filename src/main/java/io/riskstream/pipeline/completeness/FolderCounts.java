package io.riskstream.pipeline.completeness;

/**
 * Rows of one folder of the lake that came from one partition.
 *
 * @param rows rows that are not late
 * @param firstOffset least offset of a row that is not late, or Long.MAX_VALUE
 * @param lastOffset greatest offset of a row that is not late, or -1
 */
public record FolderCounts(long rows, long lateRows, long firstOffset, long lastOffset) {
  static final FolderCounts NONE = new FolderCounts(0, 0, Long.MAX_VALUE, -1);

  FolderCounts plus(FolderCounts other) {
    return new FolderCounts(
        rows + other.rows,
        lateRows + other.lateRows,
        Math.min(firstOffset, other.firstOffset),
        Math.max(lastOffset, other.lastOffset));
  }

  static FolderCounts of(Account account) {
    return switch (account.entry()) {
      case ACCEPTED -> new FolderCounts(1, 0, account.firstOffset(), account.lastOffset());
      case LEDGER_ROW -> new FolderCounts(1, 0, Long.MAX_VALUE, -1);
      case LATE -> new FolderCounts(0, 1, Long.MAX_VALUE, -1);
      case RECEIVED, REFUSED, SKIPPED, LOST, DUPLICATE, CONFLICTING -> NONE;
    };
  }
}
