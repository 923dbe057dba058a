package io.riskstream.pipeline.completeness;

/**
 * The counts of an hour, and what has been written of it.
 *
 * @param revision of the next row
 * @param changed whether the counts have changed since the last row
 */
public record OpenHour(HourCounts counts, int revision, boolean changed) {
  static final OpenHour NEW = new OpenHour(HourCounts.NONE, 0, false);

  OpenHour plus(HourCounts more) {
    return new OpenHour(counts.plus(more), revision, true);
  }

  OpenHour written() {
    return new OpenHour(counts, revision + 1, false);
  }
}
