package io.riskstream.cli.option;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time: ISO-8601 with an offset, or epoch milliseconds. */
public final class TimeConverter implements ITypeConverter<Instant> {
  @Override
  public Instant convert(String text) {
    if (text.matches("-?\\d{1,18}")) {
      return Instant.ofEpochMilli(Long.parseLong(text));
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException invalid) {
      throw new TypeConversionException(
          "'" + text + "' is no time; write 2026-01-01T00:00:00Z or epoch milliseconds");
    }
  }
}
