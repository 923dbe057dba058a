package io.riskstream.ops.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecordBase;

/** Names the fields in which two rows differ, so that a person sees what was expected. */
public final class Differences {
  private static final int SHOWN_CHARACTERS = 100;

  private Differences() {}

  /**
   * Compares two rows of one schema.
   *
   * @param ignored fields that may say anything
   */
  public static List<String> between(
      SpecificRecordBase expected, SpecificRecordBase actual, Set<String> ignored) {
    var differences = new ArrayList<String>();
    for (var field : expected.getSchema().getFields()) {
      var wanted = expected.get(field.pos());
      var found = actual.get(field.pos());
      if (!ignored.contains(field.name()) && !Objects.equals(wanted, found)) {
        differences.add(difference(field.name(), wanted, found));
      }
    }
    return differences;
  }

  /**
   * Compares a row with its JSON form: times as epoch milliseconds, decimals as numbers, bytes as
   * base64; null and absent are the same; a field that the schema does not know is a difference.
   *
   * @param ignored fields that are no contract
   */
  public static List<String> between(
      SpecificRecordBase expected, JsonNode actual, Set<String> ignored) {
    var differences = new ArrayList<String>();
    for (var field : expected.getSchema().getFields()) {
      var wanted = expected.get(field.pos());
      var found = actual.get(field.name());
      if (!ignored.contains(field.name()) && !says(found, wanted)) {
        differences.add(difference(field.name(), inJson(wanted), found));
      }
    }
    for (var name : (Iterable<String>) actual::fieldNames) {
      if (expected.getSchema().getField(name) == null) {
        differences.add(difference(name, "no such field", actual.get(name)));
      }
    }
    return differences;
  }

  /** Returns {@code name: expected …, found …}. */
  public static String difference(String name, Object expected, Object found) {
    return name + ": expected " + shown(expected) + ", found " + shown(found);
  }

  private static boolean says(JsonNode found, Object wanted) {
    if (found == null || found.isNull() || wanted == null) {
      return wanted == null && (found == null || found.isNull());
    }
    if (wanted instanceof Map<?, ?> map) {
      return found.isObject()
          && found.size() == map.size()
          && map.entrySet().stream()
              .allMatch(entry -> says(found.get(entry.getKey().toString()), entry.getValue()));
    }
    if (wanted instanceof List<?> list) {
      return found.isArray()
          && found.size() == list.size()
          && IntStream.range(0, list.size()).allMatch(i -> says(found.get(i), list.get(i)));
    }
    if (wanted instanceof SpecificRecordBase nested) {
      return between(nested, found, Set.of()).isEmpty();
    }
    var value = inJson(wanted);
    if (value instanceof BigDecimal decimal) {
      return found.isNumber() && found.decimalValue().compareTo(decimal) == 0;
    }
    if (value instanceof Long whole) {
      return found.isIntegralNumber() && found.canConvertToLong() && found.longValue() == whole;
    }
    if (value instanceof Boolean truth) {
      return found.isBoolean() && found.booleanValue() == truth;
    }
    return found.isTextual() && found.textValue().equals(value);
  }

  /** Returns the value as a long, a decimal, a truth value or a text. */
  private static Object inJson(Object value) {
    if (value instanceof Instant time) {
      return time.toEpochMilli();
    }
    if (value instanceof Integer whole) {
      return whole.longValue();
    }
    if (value instanceof ByteBuffer bytes) {
      var copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return Base64.getEncoder().encodeToString(copy);
    }
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    return value.toString();
  }

  private static String shown(Object value) {
    var text = String.valueOf(value);
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
