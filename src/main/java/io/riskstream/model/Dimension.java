package io.riskstream.model;

import java.util.Map;
import java.util.Objects;

/**
 * A small table that is joined to profiles; its id is the dimension's name.
 *
 * @param effectiveFromMillis event time that its author wishes, epoch milliseconds; null for now
 * @param attribute of the profile whose value is looked up
 * @param values from the attribute's value to the dimension's; those of a Parquet file once loaded
 */
public record Dimension(
    String id, int version, Long effectiveFromMillis, String attribute, Map<String, String> values)
    implements ControlDocument {
  /** What the field {@code kind} says. */
  public static final String KIND = "dimension";

  public Dimension {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(attribute, "attribute");
    values = Map.copyOf(values);
  }

  @Override
  public String kind() {
    return KIND;
  }
}
