package io.riskstream.reference;

import io.riskstream.model.Micros;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Counts events and adds up their values, in millionths. */
final class ValueTally {
  private long count;
  private long valueCount;
  private BigInteger sum = BigInteger.ZERO;
  private long min = Long.MAX_VALUE;
  private long max = Long.MIN_VALUE;

  void add(Long valueMicros) {
    count++;
    if (valueMicros != null) {
      valueCount++;
      sum = sum.add(BigInteger.valueOf(valueMicros));
      min = Math.min(min, valueMicros);
      max = Math.max(max, valueMicros);
    }
  }

  void add(ValueTally other) {
    count += other.count;
    valueCount += other.valueCount;
    if (other.valueCount > 0) {
      sum = sum.add(other.sum);
      min = Math.min(min, other.min);
      max = Math.max(max, other.max);
    }
  }

  long count() {
    return count;
  }

  long valueCount() {
    return valueCount;
  }

  BigDecimal sum() {
    return new BigDecimal(sum, Micros.SCALE);
  }

  BigDecimal min() {
    return valueCount == 0 ? null : Micros.toDecimal(min);
  }

  BigDecimal max() {
    return valueCount == 0 ? null : Micros.toDecimal(max);
  }

  BigDecimal avg() {
    return valueCount == 0
        ? null
        : sum().divide(BigDecimal.valueOf(valueCount), Micros.SCALE, RoundingMode.HALF_EVEN);
  }
}
