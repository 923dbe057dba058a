package io.riskstream.reference;

import java.util.Map;

/**
 * What the accounts of a drained run must say: each partition's hours of ingest time, and the hours
 * of the lake that are sealed.
 *
 * @param hours those in which the partition gave a record
 * @param folders those of the lake that hold rows, late ones included; by partition, which is
 *     {@link #NO_PARTITION} for rows of no one partition
 */
public record Balance(
    Map<PartitionHour, Hour> hours, Map<Folder, Map<Integer, FolderRows>> folders) {
  /** In place of a partition where rows are of no one partition. */
  public static final int NO_PARTITION = -1;

  /**
   * An hour of ingest time of one partition.
   *
   * @param hourMillis its start, epoch milliseconds
   */
  public record PartitionHour(int partition, long hourMillis) {}

  /** What a partition gave in an hour. */
  public record Hour(Expected.Counts counts, long firstOffset, long lastOffset) {
    /** Returns how many records there were. */
    public long received() {
      return counts.accepted() + counts.duplicate() + counts.late() + counts.deadLettered();
    }
  }

  /** A folder of a dataset, such as {@code year=2026/month=01/day=31/hour=07}. */
  public record Folder(String dataset, String name) {}

  /**
   * What a folder holds from one partition.
   *
   * @param rows rows that are not late
   * @param lateRows rows that are
   * @param firstOffset least offset among the rows that are not late, or Long.MAX_VALUE
   * @param lastOffset greatest of these, or -1
   */
  public record FolderRows(long rows, long lateRows, long firstOffset, long lastOffset) {}
}
