package io.riskstream.reference;

import io.riskstream.model.ActivityRow;
import io.riskstream.model.Alert;
import io.riskstream.model.AuditRow;
import io.riskstream.model.ControlRow;
import io.riskstream.model.EventRow;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.ProfileRow;
import io.riskstream.model.QualityRow;
import io.riskstream.model.WindowRow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Section 11 of the semantics: the folder, below its dataset's, in which a row must lie. */
public final class LakeFolders {
  private static final DateTimeFormatter FOLDER =
      DateTimeFormatter.ofPattern("'year='uuuu/'month='MM/'day='dd/'hour='HH")
          .withZone(ZoneOffset.UTC);
  private static final Duration OLDEST_LATE = Duration.ofDays(1);

  private LakeFolders() {}

  /** Returns the folder, such as {@code year=2026/month=01/day=31/hour=07}. */
  public static String of(EventRow row) {
    return of(row.getTimestamp(), row.getIngestTime(), row.getLate());
  }

  /** Returns the folder, such as {@code year=2026/month=01/day=31/hour=07}. */
  public static String of(LedgerRow row) {
    return of(row.getEventTime());
  }

  /** Returns the folder, such as {@code year=2026/month=01/day=31/hour=07}. */
  public static String of(AuditRow row) {
    return of(row.getTime());
  }

  /** Returns the folder, such as {@code year=2026/month=01/day=31/hour=07}. */
  public static String of(WindowRow row) {
    return of(row.getWindowStart());
  }

  /** Returns the folder, such as {@code year=2026/month=01/day=31/hour=07}. */
  public static String of(ActivityRow row) {
    return of(row.getWindowStart());
  }

  /** Returns the folder, such as {@code year=2026/month=01/day=31/hour=07}. */
  public static String of(Alert alert) {
    return of(alert.getEventTime());
  }

  /** Returns the folder, such as {@code year=2026/month=01/day=31/hour=07}. */
  public static String of(ProfileRow row) {
    return of(row.getTimestamp(), row.getIngestTime(), row.getLate());
  }

  /** Returns the folder, such as {@code year=2026/month=01/day=31/hour=07}. */
  public static String of(ControlRow row) {
    return of(row.getBrokerTime());
  }

  /** Returns the folder, such as {@code year=2026/month=01/day=31/hour=07}. */
  public static String of(QualityRow row) {
    return of(row.getTime());
  }

  static String of(long millis) {
    return of(Instant.ofEpochMilli(millis));
  }

  static String of(long timestampMillis, long ingestTimeMillis, boolean late) {
    return of(Instant.ofEpochMilli(timestampMillis), Instant.ofEpochMilli(ingestTimeMillis), late);
  }

  private static String of(Instant timestamp, Instant ingestTime, boolean late) {
    boolean old = timestamp.isBefore(ingestTime.minus(OLDEST_LATE));
    return of(late && old ? ingestTime : timestamp);
  }

  private static String of(Instant time) {
    return FOLDER.format(time);
  }
}
