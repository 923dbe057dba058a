package io.riskstream.reference;

/** Section 2 of the semantics, for one partition of the events or of the profiles. */
final class Gate {
  private final long waitMillis;
  private long highestMillis = Long.MIN_VALUE;

  Gate(ReferenceSettings settings) {
    waitMillis = settings.watermarkDelayMillis() + settings.allowedLatenessMillis();
  }

  long lineMillis() {
    return highestMillis == Long.MIN_VALUE ? Long.MIN_VALUE : highestMillis - waitMillis;
  }

  boolean isLate(long timestampMillis) {
    return timestampMillis < lineMillis();
  }

  void letThrough(long timestampMillis) {
    highestMillis = Math.max(highestMillis, timestampMillis);
  }
}
