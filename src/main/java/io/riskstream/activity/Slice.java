package io.riskstream.activity;

import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import java.util.Arrays;

/**
 * What a user did in a stretch of event time: a slice, or the sum of slices that follow each other.
 * Knows its place among the stretches of its length, and has an event at least once it is stored.
 */
final class Slice {
  private static final long[] NO_COUNTS = {};

  private final long index;
  private long[] counts = NO_COUNTS;
  private long firstMillis = Long.MAX_VALUE;
  private long lastMillis = Long.MIN_VALUE;

  Slice(long index) {
    this.index = index;
  }

  long index() {
    return index;
  }

  long count(int typeNumber) {
    return typeNumber < counts.length ? counts[typeNumber] : 0;
  }

  long firstMillis() {
    return firstMillis;
  }

  long lastMillis() {
    return lastMillis;
  }

  /** Returns the counts by type number, up to the greatest number that has an event. */
  long[] counts() {
    return counts;
  }

  void add(int typeNumber, long timestampMillis) {
    makeRoomFor(typeNumber + 1);
    counts[typeNumber]++;
    extendTo(timestampMillis, timestampMillis);
  }

  void add(Slice other) {
    makeRoomFor(other.counts.length);
    for (var type = 0; type < other.counts.length; type++) {
      counts[type] += other.counts[type];
    }
    extendTo(other.firstMillis, other.lastMillis);
  }

  private void makeRoomFor(int types) {
    if (counts.length < types) {
      counts = Arrays.copyOf(counts, types);
    }
  }

  private void extendTo(long first, long last) {
    firstMillis = Math.min(firstMillis, first);
    lastMillis = Math.max(lastMillis, last);
  }

  /**
   * Writes it in few bytes.
   *
   * @param before the slice that was written before this one, or an empty one of index 0
   */
  void writeTo(PackedWriter out, Slice before) {
    out.writeUnsigned(index - before.index);
    out.writeSigned(firstMillis - (before.counts.length == 0 ? 0 : before.lastMillis));
    out.writeUnsigned(lastMillis - firstMillis);
    var named = 0;
    for (var count : counts) {
      named += count > 0 ? 1 : 0;
    }
    out.writeUnsigned(named);
    var next = 0;
    for (var type = 0; type < counts.length; type++) {
      if (counts[type] > 0) {
        out.writeUnsigned(type - next);
        out.writeUnsigned(counts[type]);
        next = type + 1;
      }
    }
  }

  static Slice readFrom(PackedReader in, Slice before) {
    var slice = new Slice(before.index + in.readUnsigned());
    slice.firstMillis = in.readSigned() + (before.counts.length == 0 ? 0 : before.lastMillis);
    slice.lastMillis = slice.firstMillis + in.readUnsigned();
    var types = new int[Math.toIntExact(in.readUnsigned())];
    var typeCounts = new long[types.length];
    var next = 0;
    for (var at = 0; at < types.length; at++) {
      types[at] = next + Math.toIntExact(in.readUnsigned());
      typeCounts[at] = in.readUnsigned();
      next = types[at] + 1;
    }
    slice.counts = new long[next];
    for (var at = 0; at < types.length; at++) {
      slice.counts[types[at]] = typeCounts[at];
    }
    return slice;
  }
}
