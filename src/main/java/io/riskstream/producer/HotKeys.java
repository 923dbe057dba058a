package io.riskstream.producer;

import java.util.Arrays;

/**
 * Learns which keys have a large share of a stream's recent traffic, in memory that does not grow
 * (Space-Saving, Metwally et al. 2005, with counts that are halved as they age). What it says is a
 * function of the keys seen and their order: a key a quarter above the share is always found, and
 * none below the share is ever named.
 */
final class HotKeys {
  private final double share;
  private final long windowRecords;
  private final long leastRecords;
  private final long[] keys;
  private final long[] counts;
  private final long[] errors;
  private int used;
  private long total;

  /**
   * @param share of the traffic from which on a key is hot
   * @param windowRecords about how many records back the traffic is looked at
   * @param leastRecords before which nothing is hot, as there every share is large
   */
  HotKeys(double share, long windowRecords, long leastRecords) {
    this.share = share;
    this.windowRecords = windowRecords;
    this.leastRecords = leastRecords;
    // Counts are too high by at most total / capacity: a quarter of the share.
    int capacity = (int) Math.ceil(4 / share);
    keys = new long[capacity];
    counts = new long[capacity];
    errors = new long[capacity];
  }

  /** Counts a record of the key, and returns whether the key is hot. */
  synchronized boolean isHot(long key) {
    if (total >= 2 * windowRecords) {
      age();
    }
    total++;
    int place = placeOf(key);
    counts[place]++;
    return total >= leastRecords && counts[place] - errors[place] >= share * total;
  }

  private int placeOf(long key) {
    int least = 0;
    for (int place = 0; place < used; place++) {
      if (keys[place] == key) {
        return place;
      }
      if (counts[place] < counts[least]) {
        least = place;
      }
    }
    if (used < keys.length) {
      keys[used] = key;
      return used++;
    }
    // The newcomer may have been counted here before: up to as often as whom it drives out.
    keys[least] = key;
    errors[least] = counts[least];
    return least;
  }

  private void age() {
    total /= 2;
    Arrays.setAll(counts, place -> counts[place] / 2);
    Arrays.setAll(errors, place -> errors[place] / 2);
  }
}
