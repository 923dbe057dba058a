package io.riskstream.model;

import java.io.Serializable;
import java.util.Objects;

/**
 * Windows {@code [k·slide, k·slide + size)} of event time, aligned to the epoch.
 *
 * @param name size and slide as the configuration gives them, such as 5m/1m
 * @param slideMillis divides {@code sizeMillis}
 */
public record WindowSpec(String name, long sizeMillis, long slideMillis) implements Serializable {
  public WindowSpec {
    Objects.requireNonNull(name, "name");
    if (slideMillis <= 0 || sizeMillis < slideMillis || sizeMillis % slideMillis != 0) {
      throw new IllegalArgumentException("no window has the size and slide of " + name);
    }
  }

  /** Returns in how many windows each event lies. */
  public int overlap() {
    return Math.toIntExact(sizeMillis / slideMillis);
  }

  /** Returns the start of the last window that holds the time, epoch milliseconds. */
  public long lastStart(long timeMillis) {
    return Math.floorDiv(timeMillis, slideMillis) * slideMillis;
  }

  /** Returns the start of the first window that holds the time, epoch milliseconds. */
  public long firstStart(long timeMillis) {
    return lastStart(timeMillis) - sizeMillis + slideMillis;
  }
}
