package io.riskstream.source.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;

/** Values as the texts that properties are made of. */
final class JsonTexts {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonTexts() {}

  /** Returns the token's text; nested ones as compact JSON, numbers as written; null for null. */
  static String read(JsonParser parser) throws IOException {
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
