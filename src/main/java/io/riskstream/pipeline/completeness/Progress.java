package io.riskstream.pipeline.completeness;

/**
 * How far a partition has been read.
 *
 * @param currentHourMillis ingest hour of what the gate has received last
 * @param newestHourMillis greatest ingest hour so far
 * @param totals all counts since the job began
 */
public record Progress(long currentHourMillis, long newestHourMillis, HourCounts totals) {
  static final Progress NONE = new Progress(Account.NO_HOUR, Account.NO_HOUR, HourCounts.NONE);

  Progress plus(PartitionDelta delta) {
    boolean received = delta.counts().received() > 0;
    return new Progress(
        received ? delta.hourMillis() : currentHourMillis,
        received ? Math.max(newestHourMillis, delta.hourMillis()) : newestHourMillis,
        totals.plus(delta.counts()));
  }
}
