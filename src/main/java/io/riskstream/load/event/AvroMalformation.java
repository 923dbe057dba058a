package io.riskstream.load.event;

import io.riskstream.model.Limits;
import io.riskstream.model.RejectionReason;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The ways in which the generator spoils an event that is written as Avro. */
enum AvroMalformation {
  NO_VALUE(RejectionReason.NULL_RECORD),
  TOO_LARGE(RejectionReason.RECORD_TOO_LARGE),
  UNKNOWN_ID(RejectionReason.UNKNOWN_SCHEMA_ID),
  PART_OF_AN_ID(RejectionReason.MALFORMED_AVRO),
  TRUNCATED(RejectionReason.MALFORMED_AVRO),
  GOES_ON(RejectionReason.MALFORMED_AVRO),
  GARBAGE(RejectionReason.MALFORMED_AVRO),
  HUGE_LENGTH(RejectionReason.MALFORMED_AVRO),
  INVALID_UTF8(RejectionReason.MALFORMED_AVRO),
  EMPTY_USER_ID(RejectionReason.EMPTY_FIELD),
  LONG_EVENT_TYPE(RejectionReason.FIELD_TOO_LONG),
  MANY_PROPERTIES(RejectionReason.TOO_MANY_PROPERTIES),
  HUGE_VALUE(RejectionReason.VALUE_OVERFLOW),
  TWENTIETH_CENTURY(RejectionReason.IMPOSSIBLE_TIMESTAMP);

  private static final int HEADER_BYTES = 1 + Integer.BYTES;

  /** The length of a string, 2^31 - 1, as Avro writes it. */
  private static final byte[] GREATEST_LENGTH = {-2, -1, -1, -1, 15};

  private final RejectionReason reason;

  AvroMalformation(RejectionReason reason) {
    this.reason = reason;
  }

  /** Returns the reason that the semantics give for it. */
  RejectionReason reason() {
    return reason;
  }

  /** Returns the record's value; null is one that has none. */
  byte[] spoil(EventDraft event, AvroEncoding avro) {
    return switch (this) {
      case NO_VALUE -> null;
      case TOO_LARGE ->
          avro.encode(event.withProperty("long", quoted("x".repeat(Limits.RECORD_BYTES))));
      case EMPTY_USER_ID ->
          avro.encode(
              new EventDraft(event.eventId(), "", event.eventType(), event.timestamp(), "", ""));
      case LONG_EVENT_TYPE -> avro.encode(event.withEventType("x".repeat(Limits.ID_BYTES + 1)));
      case MANY_PROPERTIES -> avro.encode(withManyProperties(event));
      case HUGE_VALUE -> avro.encode(event.withValue("-1000000000000"));
      case TWENTIETH_CENTURY ->
          avro.encode(event.withTimestamp(Long.toString(Limits.EARLIEST_TIMESTAMP_MILLIS - 1)));
      case UNKNOWN_ID, PART_OF_AN_ID, TRUNCATED, GOES_ON, GARBAGE, HUGE_LENGTH, INVALID_UTF8 ->
          damaged(avro.encode(event));
    };
  }

  private byte[] damaged(byte[] bytes) {
    return switch (this) {
      case UNKNOWN_ID -> ByteBuffer.wrap(bytes).putInt(1, Integer.MAX_VALUE).array();
      case PART_OF_AN_ID -> Arrays.copyOf(bytes, HEADER_BYTES - 2);
      case TRUNCATED -> Arrays.copyOf(bytes, bytes.length * 2 / 3);
      case GOES_ON -> Arrays.copyOf(bytes, bytes.length + 1);
      case GARBAGE -> {
        Arrays.fill(bytes, HEADER_BYTES, bytes.length, (byte) -1);
        yield bytes;
      }
      case HUGE_LENGTH -> ByteBuffer.wrap(bytes).put(HEADER_BYTES, GREATEST_LENGTH).array();
      // The first byte of the event id, of which two would make a letter.
      case INVALID_UTF8 -> ByteBuffer.wrap(bytes).put(HEADER_BYTES + 1, (byte) 0xC3).array();
      case NO_VALUE,
          TOO_LARGE,
          EMPTY_USER_ID,
          LONG_EVENT_TYPE,
          MANY_PROPERTIES,
          HUGE_VALUE,
          TWENTIETH_CENTURY ->
          throw new IllegalStateException(this + " damages no bytes");
    };
  }

  private static EventDraft withManyProperties(EventDraft event) {
    var spoiled = event;
    for (var i = 0; i <= Limits.PROPERTIES; i++) {
      spoiled = spoiled.withProperty("p" + i, quoted("v"));
    }
    return spoiled;
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
