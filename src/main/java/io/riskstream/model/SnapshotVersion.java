package io.riskstream.model;

import java.util.Comparator;

/**
 * Order of a user's snapshots: epoch, then records routed to the user whatever their verdict, then
 * the finality line; a tie needs the same or a later attempt.
 *
 * @param epoch raised by hand when the job is rewound
 * @param routed records that reached the user's state so far
 * @param finalityLineMillis finality line that the user's state has been brought up to
 * @param attempt run of the job, greater than that of any run before it
 */
public record SnapshotVersion(int epoch, long routed, long finalityLineMillis, int attempt)
    implements Comparable<SnapshotVersion> {

  private static final int INT_DIGITS = 10;
  private static final int LONG_DIGITS = 19;
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
    var text = new StringBuilder(INT_DIGITS + LONG_DIGITS + LONG_DIGITS + INT_DIGITS + 3);
    appendPadded(text, epoch, INT_DIGITS);
    appendPadded(text.append('-'), routed, LONG_DIGITS);
    appendPadded(text.append('-'), Math.max(0, finalityLineMillis), LONG_DIGITS);
    appendPadded(text.append('-'), attempt, INT_DIGITS);
    return text.toString();
  }

  private static void appendPadded(StringBuilder text, long number, int digits) {
    var written = Long.toString(number);
    text.append("0".repeat(digits - written.length())).append(written);
  }
}
