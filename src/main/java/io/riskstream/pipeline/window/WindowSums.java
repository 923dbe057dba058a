package io.riskstream.pipeline.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * What was added up over events; the order of adding plays no part.
 *
 * @param users that the events brought in
 * @param valueCount events with a value
 * @param sumHigh upper half of the sum of the values, millionths, as a number of 128 bits: values
 *     are below 2^60 either way, so no count of events can overflow it
 * @param sumLow lower half, unsigned
 * @param minMicros least value; greatest long where there is none
 * @param maxMicros greatest value; least long where there is none
 */
public record WindowSums(
    long count,
    long users,
    long valueCount,
    long sumHigh,
    long sumLow,
    long minMicros,
    long maxMicros) {
  static final WindowSums NONE = new WindowSums(0, 0, 0, 0, 0, Long.MAX_VALUE, Long.MIN_VALUE);

  /** Returns the sums with one more event. */
  WindowSums plusEvent(Long valueMicrosOrNull) {
    if (valueMicrosOrNull == null) {
      return new WindowSums(count + 1, users, valueCount, sumHigh, sumLow, minMicros, maxMicros);
    }
    long value = valueMicrosOrNull;
    return plus(new WindowSums(1, 0, 1, value >> (Long.SIZE - 1), value, value, value));
  }

  /** Returns the sums with so many more users. */
  WindowSums plusUsers(long more) {
    return new WindowSums(count, users + more, valueCount, sumHigh, sumLow, minMicros, maxMicros);
  }

  /** Returns both together. */
  WindowSums plus(WindowSums more) {
    var low = sumLow + more.sumLow;
    var carry = Long.compareUnsigned(low, sumLow) < 0 ? 1 : 0;
    return new WindowSums(
        count + more.count,
        users + more.users,
        valueCount + more.valueCount,
        sumHigh + more.sumHigh + carry,
        low,
        Math.min(minMicros, more.minMicros),
        Math.max(maxMicros, more.maxMicros));
  }

  /** Returns the sum of the values, millionths. */
  BigInteger sumMicros() {
    return new BigInteger(
        ByteBuffer.allocate(2 * Long.BYTES).putLong(sumHigh).putLong(sumLow).array());
  }

  void write(DataOutput output) throws IOException {
    output.writeLong(count);
    output.writeLong(users);
    output.writeLong(valueCount);
    output.writeLong(sumHigh);
    output.writeLong(sumLow);
    output.writeLong(minMicros);
    output.writeLong(maxMicros);
  }

  static WindowSums read(DataInput input) throws IOException {
    return new WindowSums(
        input.readLong(),
        input.readLong(),
        input.readLong(),
        input.readLong(),
        input.readLong(),
        input.readLong(),
        input.readLong());
  }
}
