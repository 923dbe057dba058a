package io.riskstream.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.riskstream.model.Coordinates;
import io.riskstream.model.Limits;
import io.riskstream.model.RejectionReason;
import io.riskstream.model.UserEvent;
import java.io.IOException;

/** The fields of one event as they are met in its document, and the worst that is wrong with it. */
final class EventFields {
  private String eventId;
  private String userId;
  private String eventType;
  private String sessionId;
  private Long timestampMillis;
  private boolean timestampFound;
  private Long valueMicros;
  private final EventProperties properties = new EventProperties();
  private Rejection worst;

  /** Reads the field that the parser stands on; the parser is left at the field's last token. */
  void read(String name, JsonParser parser) throws IOException {
    switch (name) {
      case "event_id" -> eventId = text(name, true, parser);
      case "user_id" -> userId = text(name, true, parser);
      case "event_type" -> eventType = text(name, true, parser);
      case "session_id" -> sessionId = text(name, false, parser);
      case "timestamp" -> readTimestamp(parser);
      case "value" -> readValue(parser);
      case "properties" -> readProperties(parser);
      default -> properties.addUnknown(name, parser);
    }
  }

  private String text(String name, boolean required, JsonParser parser) throws IOException {
    var token = parser.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token != JsonToken.VALUE_STRING) {
      JsonNames.skipValue(parser);
      refuse(RejectionReason.WRONG_TYPE, name + " must be a string");
      return "";
    }
    var text = parser.getText();
    var length = Utf8.length(text);
    if (required && text.isEmpty()) {
      refuse(RejectionReason.EMPTY_FIELD, name + " is empty");
    } else if (length < 0) {
      refuse(RejectionReason.INVALID_TEXT, name + " holds half a surrogate pair");
    } else if (length > Limits.ID_BYTES) {
      refuse(
          RejectionReason.FIELD_TOO_LONG,
          name + " has " + length + " bytes, at most " + Limits.ID_BYTES + " are taken");
    }
    return text;
  }

  private void readTimestamp(JsonParser parser) throws IOException {
    var token = parser.currentToken();
    timestampFound = token != JsonToken.VALUE_NULL;
    try {
      if (token.isNumeric()) {
        timestampMillis = Timestamps.parseNumber(parser.getText());
      } else if (token == JsonToken.VALUE_STRING) {
        timestampMillis = Timestamps.parseText(parser.getText());
      } else if (timestampFound) {
        JsonNames.skipValue(parser);
        refuse(RejectionReason.WRONG_TYPE, "timestamp must be a number or a string");
      }
    } catch (Rejection invalid) {
      refuse(invalid);
    }
  }

  private void readValue(JsonParser parser) throws IOException {
    var token = parser.currentToken();
    if (token.isNumeric()) {
      try {
        valueMicros = DecimalMicros.parse(parser.getText());
      } catch (Rejection overflow) {
        refuse(overflow);
      }
    } else if (token != JsonToken.VALUE_NULL) {
      JsonNames.skipValue(parser);
      refuse(RejectionReason.INVALID_VALUE, "value must be a JSON number");
    }
  }

  private void readProperties(JsonParser parser) throws IOException {
    var token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      properties.readAll(parser);
    } else if (token != JsonToken.VALUE_NULL) {
      JsonNames.skipValue(parser);
      refuse(RejectionReason.WRONG_TYPE, "properties must be an object");
    }
  }

  void refuse(RejectionReason reason, String message) {
    refuse(new Rejection(reason, message));
  }

  private void refuse(Rejection rejection) {
    if (worst == null || rejection.reason().compareTo(worst.reason()) < 0) {
      worst = rejection;
    }
  }

  /**
   * Returns the event and how much of it was unknown, once its document has been read to the end.
   *
   * @throws Rejection the reason that is declared first among all that were found
   */
  Intake.Valid toIntake(Coordinates coordinates, long maxFutureSkewMillis) throws Rejection {
    if (eventId == null || userId == null || eventType == null || !timestampFound) {
      refuse(RejectionReason.MISSING_FIELD, missing() + " is missing or null");
    }
    try {
      properties.check();
      if (timestampMillis != null) {
        Timestamps.checkPossible(
            timestampMillis, coordinates.ingestTimeMillis(), maxFutureSkewMillis);
      }
    } catch (Rejection rejection) {
      refuse(rejection);
    }
    if (worst != null) {
      throw worst;
    }
    var event =
        new UserEvent(
            eventId,
            userId,
            eventType,
            timestampMillis,
            sessionId,
            valueMicros,
            properties.merged(),
            coordinates,
            false);
    return new Intake.Valid(event, properties.unknownFields());
  }

  private String missing() {
    if (eventId == null) {
      return "event_id";
    }
    if (userId == null) {
      return "user_id";
    }
    return eventType == null ? "event_type" : "timestamp";
  }
}
