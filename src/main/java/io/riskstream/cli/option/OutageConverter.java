package io.riskstream.cli.option;

import io.riskstream.demo.faults.FaultPlan.Outage;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads when an outage begins and how long it lasts, such as {@code 20s+8s}. */
public final class OutageConverter implements ITypeConverter<Outage> {
  @Override
  public Outage convert(String text) throws Exception {
    var parts = text.split("\\+", -1);
    if (parts.length != 2) {
      throw new TypeConversionException(
          "'" + text + "' is no outage; say when it begins and how long it lasts, such as 20s+8s");
    }
    var durations = new DurationConverter();
    var outage = new Outage(durations.convert(parts[0]), durations.convert(parts[1]));
    if (outage.length().toMillis() < 1) {
      throw new TypeConversionException("'" + text + "': an outage must last longer than nothing");
    }
    return outage;
  }
}
