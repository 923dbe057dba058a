package io.riskstream.reference;

import io.riskstream.model.EventRow;
import io.riskstream.model.LedgerRow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Section 7 of the semantics: the folder, below its dataset's, in which a row must lie. */
public final class LakeFolders {
  private static final DateTimeFormatter FOLDER =
      DateTimeFormatter.ofPattern("'year='uuuu/'month='MM/'day='dd/'hour='HH")
          .withZone(ZoneOffset.UTC);
  private static final Duration OLDEST_LATE = Duration.ofDays(1);

  private LakeFolders() {}

  /** Returns the folder, such as {@code year=2026/month=01/day=31/hour=07}. */
  public static String of(EventRow row) {
    boolean old = row.getTimestamp().isBefore(row.getIngestTime().minus(OLDEST_LATE));
    return of(row.getLate() && old ? row.getIngestTime() : row.getTimestamp());
  }

  /** Returns the folder, such as {@code year=2026/month=01/day=31/hour=07}. */
  public static String of(LedgerRow row) {
    return of(row.getEventTime());
  }

  private static String of(Instant time) {
    return FOLDER.format(time);
  }
}
