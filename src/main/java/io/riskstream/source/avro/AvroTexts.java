package io.riskstream.source.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.NumberOutput;
import io.riskstream.source.event.Rejection;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HashSet;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Reads values as the texts that properties are made of: what the value's JSON form would give, see
 * docs/semantics.md section 1. All texts of a record are bounded together.
 */
final class AvroTexts {
  /** Most characters of all texts of a record. */
  static final int MOST_CHARACTERS = 1 << 20;

  /** Deepest nesting, the record itself included. */
  static final int DEEPEST = 1_000;

  private static final String TOO_LONG = "texts of more than " + MOST_CHARACTERS + " characters";
  private static final JsonFactory JSON = new JsonFactory();

  private final AvroInput input;
  private int characters;

  AvroTexts(AvroInput input) {
    this.input = input;
  }

  /**
   * Returns the text of a value; nested ones as compact JSON; null for null.
   *
   * @param schema as {@link #branch} has returned it
   * @param depth how deep the value lies in the record, whose fields lie at 2
   */
  String read(Schema schema, int depth) throws Rejection {
    var text =
        switch (schema.getType()) {
          case NULL -> null;
          case RECORD, ARRAY, MAP -> nested(schema, depth);
          case STRING, ENUM, BYTES, FIXED, INT, LONG, FLOAT, DOUBLE, BOOLEAN, UNION ->
              scalar(schema);
        };
    count(text == null ? 0 : text.length());
    return text;
  }

  /** Begins a value: returns its schema, of a union the branch that was chosen. */
  Schema branch(Schema written) throws Rejection {
    input.beginValue();
    if (written.getType() != Schema.Type.UNION) {
      return written;
    }
    var branches = written.getTypes();
    return branches.get(input.readIndex(branches.size()));
  }

  /** Returns the text of a value that is neither null nor nested, as it stands outside of JSON. */
  String scalar(Schema schema) throws Rejection {
    return switch (schema.getType()) {
      case STRING -> input.readString();
      case ENUM -> {
        var symbols = schema.getEnumSymbols();
        yield symbols.get(input.readIndex(symbols.size()));
      }
      case BYTES -> bytes(schema, input.readBytes());
      case FIXED -> bytes(schema, input.readFixed(schema.getFixedSize()));
      case INT -> Integer.toString(input.readInt());
      case LONG -> Long.toString(input.readLong());
      // Jackson's shortest decimals, as Java's own depend on its version.
      case FLOAT -> NumberOutput.toString(input.readFloat(), true);
      case DOUBLE -> NumberOutput.toString(input.readDouble(), true);
      case BOOLEAN -> Boolean.toString(input.readBoolean());
      case NULL, RECORD, ARRAY, MAP, UNION ->
          throw new IllegalArgumentException("no scalar: " + schema.getType());
    };
  }

  /** Returns whether the text of such a scalar is a number in JSON. */
  static boolean isNumber(Schema schema, String text) {
    return switch (schema.getType()) {
      case INT, LONG -> true;
      case FLOAT, DOUBLE ->
          Character.isDigit(text.charAt(text.length() - 1)); // no NaN, no Infinity
      case BYTES, FIXED -> schema.getLogicalType() instanceof LogicalTypes.Decimal;
      case STRING, ENUM, BOOLEAN, NULL, RECORD, ARRAY, MAP, UNION -> false;
    };
  }

  /** Returns whether such a scalar is a string in JSON. */
  static boolean isText(Schema schema) {
    return switch (schema.getType()) {
      case STRING, ENUM -> true;
      case BYTES, FIXED -> !(schema.getLogicalType() instanceof LogicalTypes.Decimal);
      case INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL, RECORD, ARRAY, MAP, UNION -> false;
    };
  }

  private String bytes(Schema schema, byte[] bytes) throws Rejection {
    if (!(schema.getLogicalType() instanceof LogicalTypes.Decimal decimal)) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    if (bytes.length == 0 || bytes.length > AvroInput.DECIMAL_BYTES) {
      throw input.malformed("a decimal of " + bytes.length + " bytes");
    }
    // Not the plain form: that of a great scale has more digits than memory holds.
    return new BigDecimal(new BigInteger(bytes), decimal.getScale()).toString();
  }

  private String nested(Schema schema, int depth) throws Rejection {
    var text = new BoundedText();
    try (var json = JSON.createGenerator(text)) {
      write(schema, json, depth);
    } catch (IOException | UncheckedIOException tooLong) {
      throw input.malformed(TOO_LONG);
    }
    return text.toString();
  }

  private void write(Schema schema, JsonGenerator json, int depth) throws IOException, Rejection {
    switch (schema.getType()) {
      case NULL -> json.writeNull();
      case BOOLEAN -> json.writeBoolean(input.readBoolean());
      case RECORD -> writeRecord(schema, json, nestedDepth(depth));
      case ARRAY -> writeArray(schema, json, nestedDepth(depth));
      case MAP -> writeMap(schema, json, nestedDepth(depth));
      case STRING, ENUM, BYTES, FIXED, INT, LONG, FLOAT, DOUBLE, UNION -> {
        var text = scalar(schema);
        if (isNumber(schema, text)) {
          json.writeNumber(text);
        } else {
          json.writeString(text);
        }
      }
    }
  }

  private void writeRecord(Schema schema, JsonGenerator json, int depth)
      throws IOException, Rejection {
    json.writeStartObject();
    for (var field : schema.getFields()) {
      json.writeFieldName(field.name());
      write(branch(field.schema()), json, depth + 1);
    }
    json.writeEndObject();
  }

  private void writeArray(Schema schema, JsonGenerator json, int depth)
      throws IOException, Rejection {
    json.writeStartArray();
    for (var count = input.readBlock(); count > 0; count = input.readBlock()) {
      for (var item = 0L; item < count; item++) {
        write(branch(schema.getElementType()), json, depth + 1);
      }
    }
    json.writeEndArray();
  }

  private void writeMap(Schema schema, JsonGenerator json, int depth)
      throws IOException, Rejection {
    var names = new HashSet<String>();
    json.writeStartObject();
    for (var count = input.readBlock(); count > 0; count = input.readBlock()) {
      for (var entry = 0L; entry < count; entry++) {
        var name = input.readString();
        if (!names.add(name)) {
          throw input.malformed("a map that names a key twice");
        }
        json.writeFieldName(name);
        write(branch(schema.getValueType()), json, depth + 1);
      }
    }
    json.writeEndObject();
  }

  private int nestedDepth(int depth) throws Rejection {
    if (depth > DEEPEST) {
      throw input.malformed("nested deeper than " + DEEPEST);
    }
    return depth;
  }

  private void count(int more) throws Rejection {
    characters += more;
    if (characters > MOST_CHARACTERS) {
      throw input.malformed(TOO_LONG);
    }
  }

  /** A text that ends an expansion in time: names in a schema make much of few bytes. */
  private static final class BoundedText extends StringWriter {
    @Override
    public void write(char[] units, int start, int length) {
      check(length);
      super.write(units, start, length);
    }

    @Override
    public void write(String text, int start, int length) {
      check(length);
      super.write(text, start, length);
    }

    private void check(int more) {
      if (getBuffer().length() + more > MOST_CHARACTERS) {
        throw new UncheckedIOException(TOO_LONG, new IOException());
      }
    }
  }
}
