package io.riskstream.risk.alert;

import java.util.Arrays;

/**
 * A trigger's place in the order of triggers: event time, then unsigned UTF-8 bytes of the event's
 * id. A window has no id: no two triggers of one rule and time are of different kinds.
 */
@SuppressWarnings("ArrayRecordComponent") // only its order is asked
public record TriggerPoint(long timeMillis, byte[] idUtf8) implements Comparable<TriggerPoint> {
  private static final byte[] NO_ID = {};

  /** Returns the place of a window. */
  public static TriggerPoint ofWindow(long endMillis) {
    return new TriggerPoint(endMillis - 1, NO_ID);
  }

  @Override
  public int compareTo(TriggerPoint other) {
    var byTime = Long.compare(timeMillis, other.timeMillis);
    return byTime != 0 ? byTime : Arrays.compareUnsigned(idUtf8, other.idUtf8);
  }
}
