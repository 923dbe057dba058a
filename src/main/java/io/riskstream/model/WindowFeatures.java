package io.riskstream.model;

import java.util.Arrays;
import java.util.Objects;

/**
 * What one user did in one window: counts by number of the event type, first and last event.
 *
 * @param startMillis begin of the window, epoch milliseconds
 * @param counts by the numbers of {@link EventTypes}, as many as it has; not to be changed
 * @param firstMillis least timestamp; only where {@code count} is greater than 0
 * @param lastMillis greatest timestamp
 */
@SuppressWarnings("ArrayRecordComponent") // compared below
public record WindowFeatures(
    WindowSpec window,
    long startMillis,
    long count,
    long[] counts,
    long firstMillis,
    long lastMillis) {
  public WindowFeatures {
    Objects.requireNonNull(window, "window");
  }

  /** Returns the window's end, exclusive, epoch milliseconds. */
  public long endMillis() {
    return startMillis + window.sizeMillis();
  }

  /** Returns how many types have an event; all that are not named count as one. */
  public int types() {
    var types = 0;
    for (var count : counts) {
      types += count > 0 ? 1 : 0;
    }
    return types;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WindowFeatures that
        && window.equals(that.window)
        && startMillis == that.startMillis
        && count == that.count
        && Arrays.equals(counts, that.counts)
        && firstMillis == that.firstMillis
        && lastMillis == that.lastMillis;
  }

  @Override
  public int hashCode() {
    return Objects.hash(window, startMillis, count, Arrays.hashCode(counts));
  }

  @Override
  public String toString() {
    return "%s from %d: %d events, by type %s, from %d to %d"
        .formatted(
            window.name(), startMillis, count, Arrays.toString(counts), firstMillis, lastMillis);
  }
}
