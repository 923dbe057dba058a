package io.riskstream.model;

/** Bounds of the event contract; what exceeds one is a dead letter. */
public final class Limits {
  /** Longest value of a record, in bytes. */
  public static final int RECORD_BYTES = 64 * 1024;

  /** Longest event id, user id, event type or session id, in bytes of UTF-8. */
  public static final int ID_BYTES = 256;

  /** Most properties of an event. */
  public static final int PROPERTIES = 64;

  /** Amounts lie strictly between minus and plus this many millionths, 10^12. */
  public static final long VALUE_MICROS = 1_000_000_000_000_000_000L;

  /** Earliest possible event time: the year 2000, epoch milliseconds. */
  public static final long EARLIEST_TIMESTAMP_MILLIS = 946_684_800_000L;

  /** Most bytes of a refused record that its dead letter carries. */
  public static final int DEAD_LETTER_RAW_BYTES = 256 * 1024;

  private Limits() {}
}
