package io.riskstream.quality;

import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The minutes of a partition that a minute is held against: up to {@link #MINUTES} right before it,
 * those without a record too, but not the partition's first, of which reading may have missed a
 * part.
 */
final class Baseline {
  static final int MINUTES = 15;
  static final int LEAST_MINUTES = 5;

  private static final long MINUTE_MILLIS = PartitionQuality.MINUTE_MILLIS;
  private static final BigInteger ONE = BigInteger.valueOf(1_000_000);

  /** Oldest first; dropped once {@link #MINUTES} old. */
  private final Deque<Past> past = new ArrayDeque<>();

  private final long firstMinuteMillis;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Past(long minuteMillis, long received, long[] typeCounts) {}

  /**
   * What the minutes before one come to.
   *
   * @param minutes how many they are
   * @param received all their records
   * @param valid all their valid events
   * @param typeCounts these by type
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Sum(int minutes, long received, long valid, long[] typeCounts) {
    /** Returns whether it is enough to hold a minute against. */
    boolean suffices(long leastRows) {
      return minutes >= LEAST_MINUTES && received >= leastRows * minutes;
    }

    /** Returns how often the mean of the minutes goes into the count, in millionths. */
    long ratioOf(long count) {
      return ONE.multiply(BigInteger.valueOf(count))
          .multiply(BigInteger.valueOf(minutes))
          .divide(BigInteger.valueOf(received))
          .longValueExact();
    }

    /** Returns the total variation distance of both distributions, in millionths. */
    long shiftOf(long[] counts, long events) {
      var all = BigInteger.valueOf(events);
      var allBefore = BigInteger.valueOf(valid);
      var differences = BigInteger.ZERO;
      for (var type = 0; type < counts.length; type++) {
        var here = BigInteger.valueOf(counts[type]).multiply(allBefore);
        var before = BigInteger.valueOf(typeCounts[type]).multiply(all);
        differences = differences.add(here.subtract(before).abs());
      }
      return ONE.multiply(differences)
          .divide(all.multiply(allBefore).multiply(BigInteger.TWO))
          .longValueExact();
    }
  }

  Baseline(long firstMinuteMillis) {
    this.firstMinuteMillis = firstMinuteMillis;
  }

  /** Returns the sum of the minutes before this one, which is not before any that was added. */
  Sum before(long minuteMillis, int types) {
    var from = oldestFor(minuteMillis);
    var received = 0L;
    var valid = 0L;
    var typeCounts = new long[types];
    for (var minute : past) {
      if (minute.minuteMillis >= from) {
        received += minute.received;
        for (var type = 0; type < types; type++) {
          typeCounts[type] += minute.typeCounts[type];
          valid += minute.typeCounts[type];
        }
      }
    }
    var minutes = (int) Math.max(0, (minuteMillis - from) / MINUTE_MILLIS);
    return new Sum(minutes, received, valid, typeCounts);
  }

  void add(long minuteMillis, MinuteTally tally) {
    past.add(new Past(minuteMillis, tally.received(), tally.typeCounts));
    while (!past.isEmpty() && past.peek().minuteMillis < oldestFor(minuteMillis + MINUTE_MILLIS)) {
      past.remove();
    }
  }

  void write(PackedWriter target) {
    target.writeSigned(firstMinuteMillis);
    target.writeUnsigned(past.size());
    for (var minute : past) {
      target.writeSigned(minute.minuteMillis);
      target.writeUnsigned(minute.received);
      TypeCounts.write(minute.typeCounts, target);
    }
  }

  static Baseline read(PackedReader source, int types) {
    var baseline = new Baseline(source.readSigned());
    for (var left = source.readUnsigned(); left > 0; left--) {
      var minute = new Past(source.readSigned(), source.readUnsigned(), new long[types]);
      TypeCounts.readInto(minute.typeCounts, source);
      baseline.past.add(minute);
    }
    return baseline;
  }

  private long oldestFor(long minuteMillis) {
    return Math.max(firstMinuteMillis + MINUTE_MILLIS, minuteMillis - MINUTES * MINUTE_MILLIS);
  }
}
