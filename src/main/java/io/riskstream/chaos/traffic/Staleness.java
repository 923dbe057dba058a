package io.riskstream.chaos.traffic;

import java.util.Map;
import java.util.TreeMap;

/**
 * How old the newest thing is that readers cannot see yet. Safe for use by several threads.
 *
 * <p>It is the age of the oldest event that was acknowledged and is newer than what the store
 * shows. A store that shows nothing is as stale as when it last showed something; one that shows an
 * older value than before is as stale as that value.
 */
final class Staleness {
  /** When each event was acknowledged, by timestamp. */
  private final TreeMap<Long, Long> acknowledgedNanos = new TreeMap<>();

  private long shown = Long.MIN_VALUE;
  private long greatestNanos;

  /** Takes note of an event's acknowledgement. */
  synchronized void acknowledged(long timestampMillis, long nowNanos) {
    acknowledgedNanos.putIfAbsent(timestampMillis, nowNanos);
  }

  /** Takes note of the newest timestamp that the store shows. */
  synchronized void shows(long timestampMillis) {
    shown = timestampMillis;
  }

  /** Returns the age of the oldest event that is not shown; 0 if all are. */
  synchronized long nowNanos(long nowNanos) {
    Map.Entry<Long, Long> oldest = acknowledgedNanos.higherEntry(shown);
    var age = oldest == null ? 0 : nowNanos - oldest.getValue();
    greatestNanos = Math.max(greatestNanos, age);
    return age;
  }

  /** Returns the greatest age that was ever asked for. */
  synchronized long greatestNanos() {
    return greatestNanos;
  }

  /** Returns whether an event that was acknowledged after this moment is shown. */
  synchronized boolean showsSince(long nanos) {
    var newest = acknowledgedNanos.floorEntry(shown);
    return newest != null && newest.getValue() >= nanos;
  }

  /** Returns whether everything acknowledged so far is shown. */
  synchronized boolean showsAll() {
    return !acknowledgedNanos.isEmpty() && acknowledgedNanos.lastKey() <= shown;
  }
}
