package io.riskstream.source.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.riskstream.source.event.Utf8;
import java.io.IOException;

/**
 * Sees every member's name, also in what is skipped: the parser lets some pass that no UTF-8 has.
 */
final class JsonNames {
  private JsonNames() {}

  /**
   * Returns the name that the parser stands on.
   *
   * @throws IOException if it holds half a surrogate pair
   */
  static String current(JsonParser parser) throws IOException {
    var name = parser.currentName();
    if (Utf8.length(name) < 0) {
      throw new JsonParseException(parser, "half a surrogate pair in a member's name");
    }
    return name;
  }

  /** Moves to the end of the object or array that the parser stands on, if it is one. */
  static void skipValue(JsonParser parser) throws IOException {
    var depth = 0;
    do {
      var token = parser.currentToken();
      if (token == JsonToken.FIELD_NAME) {
        current(parser);
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    } while (depth > 0 && parser.nextToken() != null);
  }
}
