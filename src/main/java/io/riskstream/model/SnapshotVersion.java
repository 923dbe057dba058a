package io.riskstream.model;

import java.util.Comparator;

/**
 * Order of a user's snapshots: epoch, then records routed to the user whatever their verdict, then
 * the finality line; a tie needs the same or a later attempt.
 *
 * @param epoch raised by hand when the job is rewound
 * @param routed records that reached the user's state so far
 * @param finalityLineMillis finality line that the user's state has been brought up to
 * @param attempt restarts of the job so far
 */
public record SnapshotVersion(int epoch, long routed, long finalityLineMillis, int attempt)
    implements Comparable<SnapshotVersion> {

  private static final Comparator<SnapshotVersion> ORDER =
      Comparator.comparingInt(SnapshotVersion::epoch)
          .thenComparingLong(SnapshotVersion::routed)
          .thenComparingLong(SnapshotVersion::finalityLineMillis)
          .thenComparingInt(SnapshotVersion::attempt);

  @Override
  public int compareTo(SnapshotVersion other) {
    return ORDER.compare(this, other);
  }

  /**
   * Returns the version as text whose byte order is the order of versions, so that a script in the
   * hot store needs no arithmetic: {@code epoch-routed-line-attempt}, zero-padded. A line before
   * 1970 counts as 0.
   */
  public String sortable() {
    return String.format(
        "%010d-%019d-%019d-%010d", epoch, routed, Math.max(0, finalityLineMillis), attempt);
  }
}
