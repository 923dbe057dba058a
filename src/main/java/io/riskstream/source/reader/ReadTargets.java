package io.riskstream.source.reader;

import java.io.Serializable;
import java.util.Map;

/**
 * How far this run reads: nothing at or behind a partition's target is handed on. It is no part of
 * any state, so the next run goes on from there.
 *
 * @param offsets target by partition, which makes one that is not named wait for the next run; null
 *     for no targets at all
 */
public record ReadTargets(Map<Integer, Long> offsets) implements Serializable {
  /** No targets: the run goes on for ever. */
  public static final ReadTargets NONE = new ReadTargets(null);

  public ReadTargets {
    offsets = offsets == null ? null : Map.copyOf(offsets);
  }

  /** Returns whether the run ends somewhere. */
  public boolean exist() {
    return offsets != null;
  }

  /** Returns whether the partition was there when the targets were set. */
  boolean know(int partition) {
    return offsets == null || offsets.containsKey(partition);
  }

  /** Returns the first offset that is left to the next run. */
  public long of(int partition) {
    return offsets == null ? Long.MAX_VALUE : offsets.getOrDefault(partition, 0L);
  }
}
