package io.riskstream.load;

/**
 * What a planned record is meant to be; what the pipeline makes of it is for the semantics to say.
 */
public enum RecordKind {
  /** An event on time. */
  ORDINARY("ordinary"),
  /** The bytes of a recent event of the same user, once more. */
  DUPLICATE("duplicate"),
  /** The id and timestamp of a recent event of the same user, with another content. */
  CONFLICTING_DUPLICATE("conflicting-duplicate"),
  /** An event shifted back, but not behind the gate's line. */
  OUT_OF_ORDER("out-of-order"),
  /** An event shifted back behind the gate's line. */
  LATE("late"),
  /** An event of an hour ahead. */
  FUTURE("future"),
  /** A record that is no valid event. */
  MALFORMED("malformed"),
  /** An event of a scene that is to trip a rule. */
  SCENE("scene"),
  /** A line of a file, whatever it holds. */
  INPUT("input"),

  /** A profile update on time. */
  PROFILE("profile", Destination.PROFILES),
  /** One behind others, but in time. */
  PROFILE_OUT_OF_ORDER("profile-out-of-order", Destination.PROFILES),
  /** One with user and timestamp of a recent one and other attributes. */
  PROFILE_SAME_TIME("profile-same-time", Destination.PROFILES),
  /** One behind the gate's line. */
  PROFILE_LATE("profile-late", Destination.PROFILES),
  /** A record that is no valid profile update. */
  PROFILE_MALFORMED("profile-malformed", Destination.PROFILES),

  /** A document that the job is to follow. */
  DOCUMENT("document", Destination.CONTROL),
  /** The bytes of a document once more. */
  DOCUMENT_REPEATED("document-repeated", Destination.CONTROL),
  /** A document that the job is to refuse. */
  DOCUMENT_REFUSED("document-refused", Destination.CONTROL);

  /** Which of the load's topics a record goes to. */
  public enum Destination {
    EVENTS,
    PROFILES,
    CONTROL
  }

  private final String code;
  private final Destination destination;

  RecordKind(String code) {
    this(code, Destination.EVENTS);
  }

  RecordKind(String code, Destination destination) {
    this.code = code;
    this.destination = destination;
  }

  public Destination destination() {
    return destination;
  }

  /** Returns the name used in manifests. */
  public String code() {
    return code;
  }
}
