package io.riskstream.source.event;

import io.riskstream.model.Coordinates;
import io.riskstream.model.Limits;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.model.RejectionReason;
import io.riskstream.model.UserEvent;

/**
 * The fields of one event as they are met in its record, and the worst that is wrong with them. The
 * same checks for every format, so that equal contents get equal verdicts.
 */
public final class EventFields {
  /** The fields that the contract knows. */
  public enum Name {
    EVENT_ID("event_id"),
    USER_ID("user_id"),
    EVENT_TYPE("event_type"),
    TIMESTAMP("timestamp"),
    SESSION_ID("session_id"),
    VALUE("value"),
    PROPERTIES("properties");

    private final String written;

    Name(String written) {
      this.written = written;
    }

    /** Returns the name in records. */
    public String written() {
      return written;
    }

    /** Returns the field of that name, or null if the contract knows none. */
    public static Name of(String written) {
      return switch (written) {
        case "event_id" -> EVENT_ID;
        case "user_id" -> USER_ID;
        case "event_type" -> EVENT_TYPE;
        case "timestamp" -> TIMESTAMP;
        case "session_id" -> SESSION_ID;
        case "value" -> VALUE;
        case "properties" -> PROPERTIES;
        default -> null;
      };
    }
  }

  private final EventProperties properties = new EventProperties();
  private String eventId;
  private String userId;
  private String eventType;
  private String sessionId;
  private Long timestampMillis;
  private boolean timestampFound;
  private Long valueMicros;
  private Rejection worst;

  /** Returns where members of {@code properties} and unknown fields go. */
  public EventProperties properties() {
    return properties;
  }

  /** Takes one of the four texts; null is the same as absent. */
  public void text(Name name, String text) {
    if (text != null) {
      check(name, text);
    }
    set(name, text);
  }

  /** Takes note that the field holds what is no text. */
  public void noText(Name name) {
    refuse(RejectionReason.WRONG_TYPE, name.written() + " must be a string");
    set(name, "");
  }

  private void set(Name name, String text) {
    switch (name) {
      case EVENT_ID -> eventId = text;
      case USER_ID -> userId = text;
      case EVENT_TYPE -> eventType = text;
      case SESSION_ID -> sessionId = text;
      case TIMESTAMP, VALUE, PROPERTIES -> throw new IllegalArgumentException(name + " is no text");
    }
  }

  private void check(Name name, String text) {
    var length = Utf8.length(text);
    if (text.isEmpty() && name != Name.SESSION_ID) {
      refuse(RejectionReason.EMPTY_FIELD, name.written() + " is empty");
    } else if (length < 0) {
      refuse(RejectionReason.INVALID_TEXT, name.written() + " holds half a surrogate pair");
    } else if (length > Limits.ID_BYTES) {
      refuse(
          RejectionReason.FIELD_TOO_LONG,
          name.written() + " has " + length + " bytes, at most " + Limits.ID_BYTES + " are taken");
    }
  }

  /** Takes the timestamp as epoch milliseconds. */
  public void timestamp(long millis) {
    timestampFound = true;
    timestampMillis = millis;
  }

  /** Takes the timestamp as a number, as it was written. */
  public void timestampNumber(String number) {
    timestampFound = true;
    try {
      timestampMillis = Timestamps.parseNumber(number);
    } catch (Rejection invalid) {
      refuse(invalid);
    }
  }

  /** Takes the timestamp as a text. */
  public void timestampText(String text) {
    timestampFound = true;
    try {
      timestampMillis = Timestamps.parseText(text);
    } catch (Rejection invalid) {
      refuse(invalid);
    }
  }

  /** Takes note that the timestamp names no instant. */
  public void noInstant(String message) {
    timestampFound = true;
    refuse(RejectionReason.INVALID_TIMESTAMP, message);
  }

  /** Takes note that the timestamp is neither a number nor a text. */
  public void noTimestamp() {
    timestampFound = true;
    refuse(RejectionReason.WRONG_TYPE, "timestamp must be a number or a string");
  }

  /** Takes the value as a number, as it was written. */
  public void value(String number) {
    try {
      valueMicros = DecimalMicros.parse(number);
    } catch (Rejection overflow) {
      refuse(overflow);
    }
  }

  /** Keeps the reason, unless one that is declared before it is known already. */
  public void refuse(RejectionReason reason, String message) {
    refuse(new Rejection(reason, message));
  }

  private void refuse(Rejection rejection) {
    if (worst == null || rejection.reason().compareTo(worst.reason()) < 0) {
      worst = rejection;
    }
  }

  /**
   * Returns the event and how much of it was unknown, once its record has been read to the end.
   *
   * @throws Rejection the reason that is declared first among all that were found
   */
  public DecodedEvent decoded(Coordinates coordinates, long maxFutureSkewMillis) throws Rejection {
    if (eventId == null || userId == null || eventType == null || !timestampFound) {
      refuse(RejectionReason.MISSING_FIELD, missing() + " is missing or null");
    }
    refuseWhatIsWrong(coordinates, maxFutureSkewMillis);
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
    return new DecodedEvent(event, properties.unknownFields());
  }

  /**
   * Returns the update of a profile, whose attributes stand among the properties, and how much of
   * it was unknown, once its record has been read to the end.
   *
   * @throws Rejection the reason that is declared first among all that were found
   */
  public DecodedProfile decodedProfile(Coordinates coordinates, long maxFutureSkewMillis)
      throws Rejection {
    if (userId == null || !timestampFound) {
      var missing = userId == null ? Name.USER_ID : Name.TIMESTAMP;
      refuse(RejectionReason.MISSING_FIELD, missing.written() + " is missing or null");
    }
    refuseWhatIsWrong(coordinates, maxFutureSkewMillis);
    var update =
        new ProfileUpdate(userId, timestampMillis, properties.merged(), coordinates, false);
    return new DecodedProfile(update, properties.unknownFields());
  }

  private void refuseWhatIsWrong(Coordinates coordinates, long maxFutureSkewMillis)
      throws Rejection {
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
  }

  private String missing() {
    if (eventId == null) {
      return Name.EVENT_ID.written();
    }
    if (userId == null) {
      return Name.USER_ID.written();
    }
    return eventType == null ? Name.EVENT_TYPE.written() : Name.TIMESTAMP.written();
  }
}
