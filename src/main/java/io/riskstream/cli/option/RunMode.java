package io.riskstream.cli.option;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How long the pipeline runs. */
public sealed interface RunMode {
  /** Until it is stopped from outside. */
  record Continuous() implements RunMode {}

  /** Until it has read what is there at its start. */
  record AvailableNow() implements RunMode {}

  /** Like {@link AvailableNow}, begun again after each such time. */
  record Every(Duration interval) implements RunMode {}

  /** Reads {@code continuous}, {@code available-now} and {@code interval=10m}. */
  final class Converter implements ITypeConverter<RunMode> {
    private static final String INTERVAL = "interval=";

    @Override
    public RunMode convert(String text) {
      if (text.equals("continuous")) {
        return new Continuous();
      } else if (text.equals("available-now")) {
        return new AvailableNow();
      } else if (text.startsWith(INTERVAL)) {
        var interval = new DurationConverter().convert(text.substring(INTERVAL.length()));
        if (interval.isZero() || interval.isNegative()) {
          throw new TypeConversionException("an interval is more than nothing");
        }
        return new Every(interval);
      }
      throw new TypeConversionException(
          "'" + text + "' is no mode; write continuous, available-now or interval=10m");
    }
  }
}
