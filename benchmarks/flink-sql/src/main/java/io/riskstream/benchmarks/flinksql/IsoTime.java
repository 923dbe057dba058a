package io.riskstream.benchmarks.flinksql;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;

/**
 * Reads a time of ISO-8601 as a function of SQL, whose own functions pass over an offset from UTC;
 * null for what is none.
 */
public final class IsoTime extends ScalarFunction {
  private static final long serialVersionUID = 1;

  /** Called by generated code. */
  public @DataTypeHint("TIMESTAMP_LTZ(3)") Instant eval(String text) {
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException malformed) {
      return null;
    }
  }
}
