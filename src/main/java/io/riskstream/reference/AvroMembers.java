package io.riskstream.reference;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.io.NumberOutput;
import io.riskstream.reference.JsonMembers.Kind;
import io.riskstream.reference.JsonMembers.Value;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Shows an Avro record as the members of the JSON object that it stands for, as section 1 of the
 * semantics says.
 */
final class AvroMembers {
  /** A zero byte and the schema's id. */
  static final int HEADER_BYTES = 5;

  private static final int MOST_VALUES = 131_072;
  private static final int MOST_CHARACTERS = 1_048_576;
  private static final int DEEPEST = 1_000;
  private static final int MOST_DECIMAL_BYTES = 400;
  private static final Set<String> SCALARS =
      Set.of("event_id", "user_id", "event_type", "timestamp", "session_id", "value");

  private final ByteBuffer bytes;
  private int values;

  private AvroMembers(byte[] value) {
    bytes = ByteBuffer.wrap(value, HEADER_BYTES, value.length - HEADER_BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Returns the members in the order of the schema.
   *
   * @throws IOException if the bytes do not fit it
   */
  static Map<String, Value> read(byte[] value, Schema record) throws IOException {
    var reading = new AvroMembers(value);
    try {
      var members = reading.members(record);
      if (reading.bytes.hasRemaining()) {
        throw new IOException("bytes after the end");
      }
      return members;
    } catch (BufferUnderflowException tooShort) {
      throw new IOException("ends too early", tooShort);
    }
  }

  private Map<String, Value> members(Schema record) throws IOException {
    count();
    var members = new LinkedHashMap<String, Value>();
    long characters = 0;
    for (var field : record.getFields()) {
      var schema = chosen(field.schema());
      var value = value(schema, 2);
      characters += characters(field.name(), value);
      members.put(field.name(), field.name().equals("timestamp") ? instant(schema, value) : value);
    }
    if (characters > MOST_CHARACTERS) {
      throw new IOException("stands for too much text");
    }
    return members;
  }

  private static long characters(String name, Value value) throws IOException {
    boolean nested = value.kind() == Kind.OBJECT || value.kind() == Kind.ARRAY;
    if (value.kind() == Kind.NULL || (SCALARS.contains(name) && !nested)) {
      return 0;
    }
    if (!name.equals("properties")) {
      return value.text().length();
    }
    return value.kind() != Kind.OBJECT
        ? nested ? value.text().length() : 0
        : JsonMembers.read(value.text()).values().stream()
            .filter(property -> property.kind() != Kind.NULL)
            .mapToLong(property -> property.text().length())
            .sum();
  }

  /** Milliseconds, rounded down, where the schema counts otherwise; nonsense for a local time. */
  private static Value instant(Schema schema, Value value) {
    var logical = schema.getType() == Schema.Type.LONG ? schema.getProp("logicalType") : null;
    if (logical == null) {
      return value;
    }
    if (logical.startsWith("local-timestamp-")) {
      return new Value(Kind.STRING, "a local time");
    }
    long number = Long.parseLong(value.text());
    return switch (logical) {
      case "timestamp-micros" -> number(Math.floorDiv(number, 1_000));
      case "timestamp-nanos" -> number(Math.floorDiv(number, 1_000_000));
      default -> value;
    };
  }

  private void count() throws IOException {
    values++;
    if (values > MOST_VALUES) {
      throw new IOException("too many values");
    }
  }

  private Schema chosen(Schema schema) throws IOException {
    count();
    return schema.getType() == Schema.Type.UNION ? choice(schema.getTypes()) : schema;
  }

  private <T> T choice(List<T> choices) throws IOException {
    long index = number();
    if (index < 0 || index >= choices.size()) {
      throw new IOException("no such choice");
    }
    return choices.get((int) index);
  }

  private Value value(Schema schema, int depth) throws IOException {
    return switch (schema.getType()) {
      case NULL -> new Value(Kind.NULL, "null");
      case BOOLEAN -> new Value(Kind.BOOLEAN, truth());
      case INT -> number(checkInt(number()));
      case LONG -> number(number());
      case FLOAT -> {
        float number = bytes.getFloat();
        yield floating(Float.isFinite(number), NumberOutput.toString(number, true));
      }
      case DOUBLE -> {
        double number = bytes.getDouble();
        yield floating(Double.isFinite(number), NumberOutput.toString(number, true));
      }
      case STRING -> new Value(Kind.STRING, text());
      case ENUM -> new Value(Kind.STRING, choice(schema.getEnumSymbols()));
      case BYTES -> raw(schema, take(number()));
      case FIXED -> raw(schema, take(schema.getFixedSize()));
      case RECORD -> record(schema, deeper(depth));
      case ARRAY -> array(schema, deeper(depth));
      case MAP -> map(schema, deeper(depth));
      case UNION -> throw new IOException("a union in a union");
    };
  }

  private Value record(Schema schema, int depth) throws IOException {
    var json = new ArrayList<String>();
    for (var field : schema.getFields()) {
      json.add(quoted(field.name()) + ":" + json(value(chosen(field.schema()), depth)));
    }
    return new Value(Kind.OBJECT, "{" + String.join(",", json) + "}");
  }

  private Value array(Schema schema, int depth) throws IOException {
    var json = new ArrayList<String>();
    for (long items = block(); items != 0; items = block()) {
      for (long i = 0; i < items; i++) {
        json.add(json(value(chosen(schema.getElementType()), depth)));
      }
    }
    return new Value(Kind.ARRAY, "[" + String.join(",", json) + "]");
  }

  private Value map(Schema schema, int depth) throws IOException {
    var members = new LinkedHashMap<String, String>();
    for (long items = block(); items != 0; items = block()) {
      for (long i = 0; i < items; i++) {
        var key = text();
        var member = quoted(key) + ":" + json(value(chosen(schema.getValueType()), depth));
        if (members.put(key, member) != null) {
          throw new IOException("a key twice");
        }
      }
    }
    return new Value(Kind.OBJECT, "{" + String.join(",", members.values()) + "}");
  }

  private static int deeper(int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("too deep");
    }
    return depth + 1;
  }

  /** What is no number in JSON is neither number nor string; its kind stands for that. */
  private static Value floating(boolean finite, String text) {
    return new Value(finite ? Kind.NUMBER : Kind.BOOLEAN, text);
  }

  private static Value number(long number) {
    return new Value(Kind.NUMBER, Long.toString(number));
  }

  private static Value raw(Schema schema, byte[] raw) throws IOException {
    if (!(schema.getLogicalType() instanceof LogicalTypes.Decimal decimal)) {
      return new Value(Kind.STRING, Base64.getEncoder().encodeToString(raw));
    }
    if (raw.length == 0 || raw.length > MOST_DECIMAL_BYTES) {
      throw new IOException("no decimal");
    }
    return new Value(
        Kind.NUMBER, new BigDecimal(new BigInteger(raw), decimal.getScale()).toString());
  }

  private static String json(Value value) {
    return switch (value.kind()) {
      case STRING -> quoted(value.text());
      case BOOLEAN ->
          value.text().equals("true") || value.text().equals("false")
              ? value.text()
              : quoted(value.text());
      case NUMBER, NULL, OBJECT, ARRAY -> value.text();
    };
  }

  private static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private String truth() throws IOException {
    return switch (bytes.get()) {
      case 0 -> "false";
      case 1 -> "true";
      default -> throw new IOException("no boolean");
    };
  }

  private String text() throws IOException {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(take(number())));
      return text.toString();
    } catch (CharacterCodingException notUtf8) {
      throw new IOException("no UTF-8", notUtf8);
    }
  }

  private byte[] take(long length) throws IOException {
    if (length < 0 || length > bytes.remaining()) {
      throw new IOException("no such length");
    }
    var taken = new byte[(int) length];
    bytes.get(taken);
    return taken;
  }

  private long block() throws IOException {
    long items = number();
    if (items < 0) {
      number(); // its length in bytes
      items = -items;
    }
    if (items < 0) {
      throw new IOException("no such count");
    }
    return items;
  }

  private static long checkInt(long number) throws IOException {
    if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) {
      throw new IOException("no int");
    }
    return number;
  }

  /** Groups of seven bits, the lowest first, then zig-zag. */
  private long number() throws IOException {
    var groups = BigInteger.ZERO;
    for (int shift = 0; shift < 70; shift += 7) {
      int group = bytes.get();
      groups = groups.or(BigInteger.valueOf(group & 0x7F).shiftLeft(shift));
      if (group >= 0) {
        if (groups.bitLength() > Long.SIZE) {
          break;
        }
        var half = groups.shiftRight(1);
        return (groups.testBit(0) ? half.not() : half).longValueExact();
      }
    }
    throw new IOException("no number of 64 bits");
  }
}
