package io.riskstream.chaos.fault;

import java.time.Duration;
import java.util.Arrays;
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
final class Parameters {
  private final Map<String, String> values;
  private final TreeSet<String> asked = new TreeSet<>();

  Parameters(Map<String, String> values) {
    this.values = new TreeMap<>(values);
  }

  /**
   * Returns the constant of the name, in which hyphens stand for underscores.
   *
   * @throws IllegalArgumentException if it is missing or no constant
   */
  <E extends Enum<E>> E one(String name, Class<E> type, E otherwise) {
    asked.add(name);
    var value = values.get(name);
    if (value == null && otherwise != null) {
      return otherwise;
    }
    for (var constant : type.getEnumConstants()) {
      if (word(constant).equals(value)) {
        return constant;
      }
    }
    var words = Arrays.stream(type.getEnumConstants()).map(Parameters::word).toList();
    throw new IllegalArgumentException(
        name
            + (value == null ? " is missing" : ": " + value + " is not known")
            + "; say one of "
            + String.join(", ", words));
  }

  /** Returns a length of time, such as {@code 500 ms} or {@code 8s}. */
  Duration duration(String name, Duration otherwise) {
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
  int count(String name, int otherwise) {
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
  void refuseOthers(List<String> known) {
    asked.addAll(known);
    for (var name : values.keySet()) {
      if (!asked.contains(name)) {
        throw new IllegalArgumentException(
            name + " means nothing here; known are " + String.join(", ", asked));
      }
    }
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
