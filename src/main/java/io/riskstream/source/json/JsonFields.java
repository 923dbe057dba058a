package io.riskstream.source.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.riskstream.model.RejectionReason;
import io.riskstream.source.event.EventFields;
import io.riskstream.source.event.EventFields.Name;
import java.io.IOException;

/** Reads the members of an event's document into its fields. */
final class JsonFields {
  private JsonFields() {}

  /** Reads the value that the parser stands on; the parser is left at the value's last token. */
  static void read(String member, JsonParser parser, EventFields fields) throws IOException {
    var name = Name.of(member);
    if (name == null) {
      fields.properties().addUnknown(member, JsonTexts.read(parser));
      return;
    }
    switch (name) {
      case EVENT_ID, USER_ID, EVENT_TYPE, SESSION_ID -> readText(name, parser, fields);
      case TIMESTAMP -> readTimestamp(parser, fields);
      case VALUE -> readValue(parser, fields);
      case PROPERTIES -> readProperties(member, parser, fields);
    }
  }

  static void readText(Name name, JsonParser parser, EventFields fields)
      throws IOException {
    var token = parser.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      fields.text(name, parser.getText());
    } else if (token != JsonToken.VALUE_NULL) {
      JsonNames.skipValue(parser);
      fields.noText(name);
    }
  }

  static void readTimestamp(JsonParser parser, EventFields fields) throws IOException {
    var token = parser.currentToken();
    if (token.isNumeric()) {
      fields.timestampNumber(parser.getText());
    } else if (token == JsonToken.VALUE_STRING) {
      fields.timestampText(parser.getText());
    } else if (token != JsonToken.VALUE_NULL) {
      JsonNames.skipValue(parser);
      fields.noTimestamp();
    }
  }

  private static void readValue(JsonParser parser, EventFields fields) throws IOException {
    var token = parser.currentToken();
    if (token.isNumeric()) {
      fields.value(parser.getText());
    } else if (token != JsonToken.VALUE_NULL) {
      JsonNames.skipValue(parser);
      fields.refuse(RejectionReason.INVALID_VALUE, "value must be a JSON number");
    }
  }

  static void readProperties(String member, JsonParser parser, EventFields fields)
      throws IOException {
    var token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        var name = JsonNames.current(parser);
        parser.nextToken();
        fields.properties().addNamed(name, JsonTexts.read(parser));
      }
    } else if (token != JsonToken.VALUE_NULL) {
      JsonNames.skipValue(parser);
      fields.refuse(RejectionReason.WRONG_TYPE, member + " must be an object");
    }
  }
}
