package io.riskstream.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.riskstream.model.Limits;
import io.riskstream.model.RejectionReason;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The properties of one event: what it names as such, and the fields that the contract lacks. */
final class EventProperties {
  private static final JsonFactory JSON = new JsonFactory();

  private Map<String, String> named = Map.of();
  private Map<String, String> unknown = Map.of();
  private Set<String> nulls = Set.of();
  private int unknownFields;

  /** Reads the object that the parser stands on. */
  void readAll(JsonParser parser) throws IOException {
    named = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var name = JsonNames.current(parser);
      parser.nextToken();
      var text = text(parser);
      if (text != null) {
        named.put(name, text);
      } else {
        if (nulls.isEmpty()) {
          nulls = new HashSet<>();
        }
        nulls.add(name);
      }
    }
  }

  /** Reads a field that the contract does not know. */
  void addUnknown(String name, JsonParser parser) throws IOException {
    unknownFields++;
    var text = text(parser);
    if (text != null) {
      if (unknown.isEmpty()) {
        unknown = new HashMap<>();
      }
      unknown.put(name, text);
    }
  }

  /** Lets the unknown fields join, then holds all to the contract. */
  void check() throws Rejection {
    if (!unknown.isEmpty()) {
      var merged = new HashMap<>(named);
      unknown.forEach(
          (name, text) -> {
            if (!nulls.contains(name)) {
              merged.putIfAbsent(name, text);
            }
          });
      named = merged;
      unknown = Map.of();
    }
    for (var property : named.entrySet()) {
      if (Utf8.length(property.getKey()) < 0 || Utf8.length(property.getValue()) < 0) {
        throw new Rejection(RejectionReason.INVALID_TEXT, "a property holds half a surrogate pair");
      }
    }
    if (named.size() > Limits.PROPERTIES) {
      throw new Rejection(
          RejectionReason.TOO_MANY_PROPERTIES,
          named.size() + " properties, at most " + Limits.PROPERTIES + " are taken");
    }
  }

  int unknownFields() {
    return unknownFields;
  }

  Map<String, String> merged() {
    return named;
  }

  /** Returns the token's text; nested ones as compact JSON, numbers as written; null for null. */
  private static String text(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case START_OBJECT, START_ARRAY -> compact(parser);
      default -> parser.getText();
    };
  }

  private static String compact(JsonParser parser) throws IOException {
    var text = new StringWriter();
    try (var generator = JSON.createGenerator(text)) {
      var depth = 0;
      do {
        depth += copy(parser, generator);
      } while (depth > 0 && parser.nextToken() != null);
    }
    return text.toString();
  }

  private static int copy(JsonParser parser, JsonGenerator generator) throws IOException {
    var token = parser.currentToken();
    if (token == JsonToken.FIELD_NAME) {
      generator.writeFieldName(JsonNames.current(parser));
    } else if (token.isNumeric()) {
      generator.writeNumber(parser.getText());
    } else {
      generator.copyCurrentEvent(parser);
    }
    return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
  }
}
