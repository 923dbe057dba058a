package io.riskstream.reference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads one JSON document strictly and shows the members of its object as text, as written. */
final class JsonMembers {
  /** The kinds of JSON value. */
  enum Kind {
    STRING,
    NUMBER,
    BOOLEAN,
    NULL,
    OBJECT,
    ARRAY
  }

  /**
   * A member's value.
   *
   * @param text a string's content; any other value as JSON without insignificant white space
   */
  record Value(Kind kind, String text) {}

  /** Nesting and length of numbers are bounded as the semantics say, at the parser's defaults. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNameLength(Integer.MAX_VALUE).build())
          .build();

  private JsonMembers() {}

  /**
   * Returns the members in their order, or null where the document is no object.
   *
   * @throws IOException if the text is not exactly one JSON document, or an object in it names a
   *     member twice
   */
  static Map<String, Value> read(String document) throws IOException {
    try (var parser = JSON.createParser(document)) {
      if (parser.nextToken() == null) {
        throw new IOException("no document");
      }
      Map<String, Value> members = null;
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          var name = name(parser);
          parser.nextToken();
          members.put(name, value(parser));
        }
      } else {
        value(parser);
      }
      if (parser.nextToken() != null) {
        throw new IOException("more than one document");
      }
      return members;
    }
  }

  private static String name(JsonParser parser) throws IOException {
    var name = parser.currentName();
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      throw new IOException("a name that UTF-8 cannot carry");
    }
    return name;
  }

  private static Value value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> new Value(Kind.STRING, parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Value(Kind.NUMBER, parser.getText());
      case VALUE_TRUE, VALUE_FALSE -> new Value(Kind.BOOLEAN, parser.getText());
      case VALUE_NULL -> new Value(Kind.NULL, "null");
      case START_OBJECT -> new Value(Kind.OBJECT, compact(parser));
      case START_ARRAY -> new Value(Kind.ARRAY, compact(parser));
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IOException("no value");
    };
  }

  /** Copies the object or array that the parser stands on, token by token, numbers as written. */
  private static String compact(JsonParser parser) throws IOException {
    var text = new StringWriter();
    try (var generator = JSON.createGenerator(text)) {
      int depth = 0;
      do {
        depth += copy(parser, generator);
      } while (depth > 0 && parser.nextToken() != null);
    }
    return text.toString();
  }

  /** Returns how much deeper the document is after this token. */
  private static int copy(JsonParser parser, JsonGenerator generator) throws IOException {
    var token = parser.currentToken();
    if (token == JsonToken.FIELD_NAME) {
      generator.writeFieldName(name(parser));
    } else if (token.isNumeric()) {
      generator.writeNumber(parser.getText());
    } else {
      generator.copyCurrentEvent(parser);
    }
    return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
  }
}
