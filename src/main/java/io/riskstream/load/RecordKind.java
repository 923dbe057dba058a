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
  /** A line of a file, whatever it holds. */
  INPUT("input");

  private final String code;

  RecordKind(String code) {
    this.code = code;
  }

  /** Returns the name used in manifests. */
  public String code() {
    return code;
  }
}
