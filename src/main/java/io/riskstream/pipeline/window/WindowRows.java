package io.riskstream.pipeline.window;

import io.riskstream.model.Micros;
import io.riskstream.model.WindowRow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/** Puts what was added up for a window into the form of the lake. */
final class WindowRows {
  private WindowRows() {}

  static WindowRow of(WindowKey key, OpenWindow window, boolean isFinal) {
    var sums = window.sums();
    var hasValue = sums.valueCount() > 0;
    var sum = new BigDecimal(sums.sumMicros(), Micros.SCALE);
    return WindowRow.newBuilder()
        .setWindow(key.window())
        .setWindowStart(Instant.ofEpochMilli(key.startMillis()))
        .setWindowEnd(Instant.ofEpochMilli(window.endMillis()))
        .setEventType(key.eventType())
        .setCount(sums.count())
        .setDistinctUsers(sums.users())
        .setValueCount(sums.valueCount())
        .setSum(sum)
        .setMin(hasValue ? Micros.toDecimal(sums.minMicros()) : null)
        .setMax(hasValue ? Micros.toDecimal(sums.maxMicros()) : null)
        .setAvg(
            hasValue
                ? sum.divide(
                    BigDecimal.valueOf(sums.valueCount()), Micros.SCALE, RoundingMode.HALF_EVEN)
                : null)
        .setRevision(window.revision())
        .setFinal$(isFinal)
        .build();
  }
}
