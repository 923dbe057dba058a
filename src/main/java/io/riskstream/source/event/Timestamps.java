package io.riskstream.source.event;

import io.riskstream.model.Limits;
import io.riskstream.model.RejectionReason;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** Reads and judges event timestamps. */
public final class Timestamps {
  private Timestamps() {}

  /** Returns the epoch milliseconds of a JSON number, given as it was written. */
  public static long parseNumber(String number) throws Rejection {
    try {
      return Long.parseLong(number);
    } catch (NumberFormatException notWhole) {
      throw invalid(number, "give whole milliseconds since 1970");
    }
  }

  /** Returns the epoch milliseconds of an ISO-8601 date-time with an offset. */
  public static long parseText(String text) throws Rejection {
    try {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from).toEpochMilli();
    } catch (DateTimeException | ArithmeticException notIso) {
      throw invalid(text, "give ISO-8601 with an offset, such as 2026-01-01T00:00:00Z");
    }
  }

  private static Rejection invalid(String found, String remedy) {
    var shown = found.length() <= 40 ? found : found.substring(0, 40) + "…";
    return new Rejection(
        RejectionReason.INVALID_TIMESTAMP, "timestamp '" + shown + "' cannot be read; " + remedy);
  }

  /** Refuses a time before the year 2000 or too far after the broker's. */
  public static void checkPossible(
      long timestampMillis, long ingestTimeMillis, long maxFutureSkewMillis) throws Rejection {
    if (timestampMillis < Limits.EARLIEST_TIMESTAMP_MILLIS) {
      throw new Rejection(
          RejectionReason.IMPOSSIBLE_TIMESTAMP,
          "timestamp " + timestampMillis + " is before the year 2000; is it in seconds?");
    }
    if (timestampMillis > ingestTimeMillis + maxFutureSkewMillis) {
      throw new Rejection(
          RejectionReason.IMPOSSIBLE_TIMESTAMP,
          "timestamp "
              + timestampMillis
              + " is more than "
              + maxFutureSkewMillis
              + " ms after the broker's "
              + ingestTimeMillis
              + "; check the producer's clock and unit");
    }
  }
}
