package io.riskstream.reference.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.riskstream.model.Micros;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Members of one object of a document, each of the type that is asked for or refused. */
record Fields(JsonNode object) {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,12}) ?(ms|s|m|min|h|d)");

  static Fields of(JsonNode node, String what) throws RefusedDocumentException {
    refuse(!node.isObject(), what + " is no object");
    return new Fields(node);
  }

  static void refuse(boolean wrong, String reason) throws RefusedDocumentException {
    if (wrong) {
      throw new RefusedDocumentException(reason);
    }
  }

  void allow(Set<String> names) throws RefusedDocumentException {
    for (var name : (Iterable<String>) object::fieldNames) {
      refuse(!names.contains(name), "there is no field " + name);
    }
  }

  boolean has(String name) {
    return object.hasNonNull(name);
  }

  JsonNode get(String name) {
    return object.path(name);
  }

  String text(String name) throws RefusedDocumentException {
    refuse(!get(name).isTextual() || get(name).textValue().isEmpty(), name + " is no text");
    return get(name).textValue();
  }

  String text(String name, String otherwise) throws RefusedDocumentException {
    refuse(has(name) && !get(name).isTextual(), name + " is no text");
    return has(name) ? get(name).textValue() : otherwise;
  }

  String oneOf(String name, String otherwise, Set<String> known) throws RefusedDocumentException {
    var text = text(name, otherwise);
    refuse(!known.contains(text), name + " is " + text);
    return text;
  }

  int version() throws RefusedDocumentException {
    var version = wholeOrNull("version");
    refuse(version == null, "version is no whole number");
    return version;
  }

  Integer wholeOrNull(String name) throws RefusedDocumentException {
    var number = get(name);
    boolean whole = number.isIntegralNumber() && number.canConvertToInt() && number.intValue() >= 0;
    refuse(has(name) && !whole, name + " is no whole number of 0 or more");
    return has(name) ? number.intValue() : null;
  }

  /** Epoch milliseconds, or ISO-8601 with an offset. */
  long time(String name) throws RefusedDocumentException {
    var time = get(name);
    if (time.isTextual()) {
      try {
        return OffsetDateTime.parse(time.textValue()).toInstant().toEpochMilli();
      } catch (DateTimeException | ArithmeticException noTime) {
        throw new RefusedDocumentException(name + " is no time");
      }
    }
    refuse(!time.isIntegralNumber() || !time.canConvertToLong(), name + " is no time");
    return time.longValue();
  }

  long millis(String name, Duration otherwise) throws RefusedDocumentException {
    var text = text(name, otherwise.toMillis() + "ms");
    var parts = DURATION.matcher(text);
    refuse(!parts.matches(), name + " is no duration: " + text);
    long unitMillis =
        switch (parts.group(2)) {
          case "ms" -> 1;
          case "s" -> 1_000;
          case "m", "min" -> 60_000;
          case "h" -> 3_600_000;
          default -> 86_400_000;
        };
    long millis = Long.parseLong(parts.group(1)) * unitMillis;
    refuse(millis <= 0, name + " must be above 0");
    return millis;
  }

  int micros(String name, BigDecimal otherwise) throws RefusedDocumentException {
    return has(name) ? micros(name, get(name)) : inMicros(name, otherwise);
  }

  Map<String, Integer> micros() throws RefusedDocumentException {
    var amounts = new LinkedHashMap<String, Integer>();
    for (var name : (Iterable<String>) object::fieldNames) {
      amounts.put(name, micros(name, get(name)));
    }
    return amounts;
  }

  private static int micros(String name, JsonNode number) throws RefusedDocumentException {
    refuse(!number.isNumber(), name + " is no number");
    return inMicros(name, number.decimalValue());
  }

  private static int inMicros(String name, BigDecimal number) throws RefusedDocumentException {
    refuse(number.precision() - (long) number.scale() > 3, name + " is too great");
    try {
      return Math.toIntExact(Micros.fromDecimal(number));
    } catch (ArithmeticException tooManyPlaces) {
      throw new RefusedDocumentException(name + " has more than six places");
    }
  }

  Map<String, String> texts() throws RefusedDocumentException {
    var texts = new LinkedHashMap<String, String>();
    for (var name : (Iterable<String>) object::fieldNames) {
      texts.put(name, text(name));
    }
    return texts;
  }
}
