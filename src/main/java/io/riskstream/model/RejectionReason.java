package io.riskstream.model;

/**
 * Why a record of the events topic ends as a dead letter. Where a record is wrong in several ways,
 * the reason declared first here is the one that is given.
 */
public enum RejectionReason {
  /** The record has no value. */
  NULL_RECORD(Stage.DECODE, "null-record"),
  /** The value is longer than {@link Limits#RECORD_BYTES}. */
  RECORD_TOO_LARGE(Stage.DECODE, "record-too-large"),
  /** The value is not one JSON document in UTF-8, or an object in it names a member twice. */
  MALFORMED_JSON(Stage.DECODE, "malformed-json"),
  /** The value is JSON, but no object. */
  NOT_AN_OBJECT(Stage.DECODE, "not-an-object"),
  /** The value names a schema that the registry does not have. */
  UNKNOWN_SCHEMA_ID(Stage.DECODE, "unknown-schema-id"),
  /** The value names a schema that is no record of Avro. */
  UNUSABLE_SCHEMA(Stage.DECODE, "unusable-schema"),
  /** The value's bytes do not fit the schema that they name. */
  MALFORMED_AVRO(Stage.DECODE, "malformed-avro"),
  /** A required field is absent or null. */
  MISSING_FIELD(Stage.VALIDATE, "missing-field"),
  /** A field has another type than the contract gives it. */
  WRONG_TYPE(Stage.VALIDATE, "wrong-type"),
  /** A required text is empty. */
  EMPTY_FIELD(Stage.VALIDATE, "empty-field"),
  /** A text holds a surrogate without its pair, which UTF-8 cannot carry. */
  INVALID_TEXT(Stage.VALIDATE, "invalid-text"),
  /** A text field is longer than {@link Limits#ID_BYTES} in UTF-8. */
  FIELD_TOO_LONG(Stage.VALIDATE, "field-too-long"),
  /** More than {@link Limits#PROPERTIES} properties, unknown fields included. */
  TOO_MANY_PROPERTIES(Stage.VALIDATE, "too-many-properties"),
  /** The timestamp is neither a whole number of milliseconds nor ISO-8601 with an offset. */
  INVALID_TIMESTAMP(Stage.VALIDATE, "invalid-timestamp"),
  /** The value is not a number. */
  INVALID_VALUE(Stage.VALIDATE, "invalid-value"),
  /** The value is 10^12 or more, or -10^12 or less, after rounding to six places. */
  VALUE_OVERFLOW(Stage.VALIDATE, "value-overflow"),
  /** The timestamp lies before the year 2000, or too far after the broker's time. */
  IMPOSSIBLE_TIMESTAMP(Stage.VALIDATE, "impossible-timestamp"),
  /** An accepted event of the user has the same id and says something else. */
  CONFLICTING_DUPLICATE(Stage.CONFLICTING_DUPLICATE, "conflicting-duplicate");

  /** Where in the intake a record is refused. */
  public enum Stage {
    DECODE("decode"),
    VALIDATE("validate"),
    CONFLICTING_DUPLICATE("conflicting-duplicate");

    private final String code;

    Stage(String code) {
      this.code = code;
    }

    /** Returns the name used in dead letters. */
    public String code() {
      return code;
    }
  }

  private final Stage stage;
  private final String code;

  RejectionReason(Stage stage, String code) {
    this.stage = stage;
    this.code = code;
  }

  public Stage stage() {
    return stage;
  }

  /** Returns the name used in dead letters. */
  public String code() {
    return code;
  }
}
