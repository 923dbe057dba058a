package io.riskstream.quality;

import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;

/** Counts by the number of their type, as state; types added at the end of the list count 0. */
final class TypeCounts {
  private TypeCounts() {}

  static void write(long[] counts, PackedWriter target) {
    target.writeUnsigned(counts.length);
    for (var count : counts) {
      target.writeUnsigned(count);
    }
  }

  /**
   * Reads counts of as many types or fewer.
   *
   * @throws IllegalStateException if there were more types when they were written
   */
  static void readInto(long[] counts, PackedReader source) {
    var written = source.readUnsigned();
    if (written > counts.length) {
      throw new IllegalStateException(
          "events.types named "
              + (written - 1)
              + " types when this state was written and names "
              + (counts.length - 1)
              + " now: types can be added at the end only; put them back");
    }
    for (var type = 0; type < written; type++) {
      counts[type] = source.readUnsigned();
    }
  }
}
