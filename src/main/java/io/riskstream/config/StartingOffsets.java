package io.riskstream.config;

import java.io.Serializable;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Where a job without state starts to read. */
public sealed interface StartingOffsets extends Serializable {
  /** At the first record that Kafka still has; only for a group that has never committed. */
  record Earliest() implements StartingOffsets {}

  /** Behind the last record of now. */
  record Latest() implements StartingOffsets {}

  /** Where the group has committed. */
  record Committed() implements StartingOffsets {}

  /** At the first record that the broker took at this time or later, epoch milliseconds. */
  record At(long timeMillis) implements StartingOffsets {}

  /** At these offsets, by partition. */
  record Explicit(Map<Integer, Long> offsets) implements StartingOffsets {
    public Explicit {
      offsets = Map.copyOf(offsets);
    }
  }

  /** Epoch milliseconds. */
  Pattern NUMBER = Pattern.compile("\\d{1,18}");

  /** Partition and offset. */
  Pattern OFFSETS = Pattern.compile("\\d{1,9}:\\d{1,18}(\\s*,\\s*\\d{1,9}:\\d{1,18})*");

  /**
   * Reads what the configuration says.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  static StartingOffsets parse(String text) {
    return switch (text) {
      case "earliest" -> new Earliest();
      case "latest" -> new Latest();
      case "committed" -> new Committed();
      default -> {
        if (NUMBER.matcher(text).matches()) {
          yield new At(Long.parseLong(text));
        }
        yield OFFSETS.matcher(text).matches() ? explicit(text) : new At(time(text));
      }
    };
  }

  private static Explicit explicit(String text) {
    var offsets = new TreeMap<Integer, Long>();
    for (var pair : text.split(",", -1)) {
      var colon = pair.indexOf(':');
      var partition = Integer.parseInt(pair.substring(0, colon).strip());
      if (offsets.put(partition, Long.parseLong(pair.substring(colon + 1).strip())) != null) {
        throw new IllegalArgumentException("names partition " + partition + " twice");
      }
    }
    return new Explicit(offsets);
  }

  private static long time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeParseException noTime) {
      throw new IllegalArgumentException("is no place to start", noTime);
    }
  }
}
