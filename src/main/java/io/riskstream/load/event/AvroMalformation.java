package io.riskstream.load.event;

import io.riskstream.model.Limits;
import io.riskstream.model.RejectionReason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BiFunction;

/** The ways in which the generator spoils an event that is written as Avro. */
enum AvroMalformation {
  NO_VALUE(RejectionReason.NULL_RECORD, (event, avro) -> null),
  TOO_LARGE(
      RejectionReason.RECORD_TOO_LARGE,
      (event, avro) ->
          avro.encode(event.withProperty("long", quoted("x".repeat(Limits.RECORD_BYTES))))),
  UNKNOWN_ID(
      RejectionReason.UNKNOWN_SCHEMA_ID,
      (event, avro) -> ByteBuffer.wrap(avro.encode(event)).putInt(1, Integer.MAX_VALUE).array()),
  PART_OF_AN_ID(
      RejectionReason.MALFORMED_AVRO, (event, avro) -> Arrays.copyOf(avro.encode(event), 3)),
  TRUNCATED(
      RejectionReason.MALFORMED_AVRO,
      (event, avro) -> {
        var bytes = avro.encode(event);
        return Arrays.copyOf(bytes, bytes.length * 2 / 3);
      }),
  GOES_ON(
      RejectionReason.MALFORMED_AVRO,
      (event, avro) -> {
        var bytes = avro.encode(event);
        return Arrays.copyOf(bytes, bytes.length + 1);
      }),
  GARBAGE(
      RejectionReason.MALFORMED_AVRO,
      (event, avro) -> {
        var bytes = avro.encode(event);
        Arrays.fill(bytes, AvroMalformation.HEADER_BYTES, bytes.length, (byte) 0xFF);
        return bytes;
      }),
  HUGE_LENGTH(
      RejectionReason.MALFORMED_AVRO,
      (event, avro) ->
          ByteBuffer.wrap(avro.encode(event))
              .put(AvroMalformation.HEADER_BYTES, new byte[] {-2, -1, -1, -1, 15})
              .array()),
  INVALID_UTF8(
      RejectionReason.MALFORMED_AVRO,
      (event, avro) ->
          ByteBuffer.wrap(avro.encode(event)).put(AvroMalformation.HEADER_BYTES + 1, (byte) 0xC3).array()),
  EMPTY_USER_ID(
      RejectionReason.EMPTY_FIELD,
      (event, avro) ->
          avro.encode(
              new EventDraft(
                  event.eventId(), "", event.eventType(), event.timestamp(), "", ""))),
  LONG_EVENT_TYPE(
      RejectionReason.FIELD_TOO_LONG,
      (event, avro) -> avro.encode(event.withEventType("x".repeat(Limits.ID_BYTES + 1)))),
  MANY_PROPERTIES(
      RejectionReason.TOO_MANY_PROPERTIES,
      (event, avro) -> {
        var spoiled = event;
        for (var i = 0; i <= Limits.PROPERTIES; i++) {
          spoiled = spoiled.withProperty("p" + i, quoted("v"));
        }
        return avro.encode(spoiled);
      }),
  HUGE_VALUE(
      RejectionReason.VALUE_OVERFLOW,
      (event, avro) ->
          avro.encode(
              new EventDraft(
                  event.eventId(),
                  event.userId(),
                  event.eventType(),
                  event.timestamp(),
                  ",\"value\":-1000000000000",
                  event.properties()))),
  TWENTIETH_CENTURY(
      RejectionReason.IMPOSSIBLE_TIMESTAMP,
      (event, avro) ->
          avro.encode(
              event.withTimestamp(Long.toString(Limits.EARLIEST_TIMESTAMP_MILLIS - 1))));

  private static final int HEADER_BYTES = 1 + Integer.BYTES;

  private final RejectionReason reason;
  private final BiFunction<EventDraft, AvroEncoding, byte[]> spoiling;

  AvroMalformation(
      RejectionReason reason, BiFunction<EventDraft, AvroEncoding, byte[]> spoiling) {
    this.reason = reason;
    this.spoiling = spoiling;
  }

  /** Returns the reason that the semantics give for it. */
  RejectionReason reason() {
    return reason;
  }

  /** Returns the record's value; null is one that has none. */
  byte[] spoil(EventDraft event, AvroEncoding avro) {
    return spoiling.apply(event, avro);
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
