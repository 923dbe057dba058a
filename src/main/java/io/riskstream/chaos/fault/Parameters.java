package io.riskstream.chaos.fault;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.util.TimeUtils;

/**
 * What a step says of its fault, as texts by name. A name that nothing is made of is refused, so
 * that a misspelt one cannot be passed over.
 */
public final class Parameters {
  private final Map<String, String> values;
  private final TreeSet<String> asked = new TreeSet<>();

  /** Takes the texts by their names. */
  public Parameters(Map<String, String> values) {
    this.values = new TreeMap<>(values);
  }

  /**
   * Returns the constant that the value names, in which hyphens stand for underscores.
   *
   * @param otherwiseOrNull for a missing value; null: there has to be one
   * @param allowed those that may be named
   * @throws IllegalArgumentException if it is missing, or none of those
   */
  public <E extends Enum<E>> E one(String name, E otherwiseOrNull, Collection<E> allowed) {
    asked.add(name);
    var value = values.get(name);
    if (value == null && otherwiseOrNull != null) {
      return otherwiseOrNull;
    }
    for (var constant : allowed) {
      if (word(constant).equals(value)) {
        return constant;
      }
    }
    var words = allowed.stream().map(Parameters::word).toList();
    throw new IllegalArgumentException(
        name
            + (value == null ? " is missing" : ": " + value + " is not known")
            + "; say one of "
            + String.join(", ", words));
  }

  /** Returns a length of time, such as {@code 500 ms} or {@code 8s}. */
  public Duration duration(String name, Duration otherwise) {
    asked.add(name);
    var value = values.get(name);
    try {
      return value == null ? otherwise : TimeUtils.parseDuration(value);
    } catch (IllegalArgumentException noTime) {
      throw new IllegalArgumentException(
          name + ": " + value + " is no length of time; write it like 500 ms or 8 s", noTime);
    }
  }

  /** Returns a whole number above 0. */
  public int count(String name, int otherwise) {
    asked.add(name);
    var value = values.get(name);
    try {
      var count = value == null ? otherwise : Integer.parseInt(value);
      if (count > 0) {
        return count;
      }
    } catch (NumberFormatException noNumber) {
      // is said below
    }
    throw new IllegalArgumentException(name + ": " + value + " is no whole number above 0");
  }

  /**
   * Ends the reading.
   *
   * @param known names that others read
   * @throws IllegalArgumentException naming a value that nothing was made of
   */
  public void refuseOthers(List<String> known) {
    asked.addAll(known);
    for (var name : values.keySet()) {
      if (!asked.contains(name)) {
        throw new IllegalArgumentException(
            name + " means nothing here; known are " + String.join(", ", asked));
      }
    }
  }

  /** Returns the constant's name in a scenario. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
