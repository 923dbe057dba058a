package io.riskstream.cli.option;

import java.time.Duration;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as the configuration file does: {@code 30s}, {@code 5min}, {@code 250 ms}. */
public final class DurationConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    try {
      var duration = TimeUtils.parseDuration(text);
      if (text.strip().matches("\\d+")) {
        throw new TypeConversionException("'" + text + "' has no unit; write 30s or 5min");
      }
      return duration;
    } catch (IllegalArgumentException invalid) {
      throw new TypeConversionException("'" + text + "' is no duration; write 30s or 5min");
    }
  }
}
