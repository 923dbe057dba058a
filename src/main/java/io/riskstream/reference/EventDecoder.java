package io.riskstream.reference;

import static io.riskstream.model.RejectionReason.EMPTY_FIELD;
import static io.riskstream.model.RejectionReason.FIELD_TOO_LONG;
import static io.riskstream.model.RejectionReason.IMPOSSIBLE_TIMESTAMP;
import static io.riskstream.model.RejectionReason.INVALID_TEXT;
import static io.riskstream.model.RejectionReason.INVALID_TIMESTAMP;
import static io.riskstream.model.RejectionReason.INVALID_VALUE;
import static io.riskstream.model.RejectionReason.MALFORMED_AVRO;
import static io.riskstream.model.RejectionReason.MALFORMED_JSON;
import static io.riskstream.model.RejectionReason.MISSING_FIELD;
import static io.riskstream.model.RejectionReason.NOT_AN_OBJECT;
import static io.riskstream.model.RejectionReason.NULL_RECORD;
import static io.riskstream.model.RejectionReason.RECORD_TOO_LARGE;
import static io.riskstream.model.RejectionReason.TOO_MANY_PROPERTIES;
import static io.riskstream.model.RejectionReason.UNKNOWN_SCHEMA_ID;
import static io.riskstream.model.RejectionReason.UNUSABLE_SCHEMA;
import static io.riskstream.model.RejectionReason.VALUE_OVERFLOW;
import static io.riskstream.model.RejectionReason.WRONG_TYPE;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.Limits;
import io.riskstream.model.RejectionReason;
import io.riskstream.model.UserEvent;
import io.riskstream.reference.JsonMembers.Kind;
import io.riskstream.reference.JsonMembers.Value;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Section 1 of the semantics: a record is an event, or refused for the reason that stands first.
 */
final class EventDecoder {
  /** What a record is. */
  sealed interface Decoded {}

  /** The record says this. */
  record Event(UserEvent event) implements Decoded {}

  /** The record says nothing that can be accepted. */
  record Refused(RejectionReason reason) implements Decoded {}

  /** Ends the decoding with a reason. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;
    private final RejectionReason reason;

    RefusedException(RejectionReason reason) {
      super(reason.code(), null, false, false);
      this.reason = reason;
    }

    RejectionReason reason() {
      return reason;
    }
  }

  private static final Set<String> CONTRACT_FIELDS =
      Set.of("event_id", "user_id", "event_type", "timestamp", "session_id", "value", "properties");
  private static final List<String> REQUIRED_FIELDS =
      List.of("event_id", "user_id", "event_type", "timestamp");
  private static final List<String> REQUIRED_TEXTS = List.of("event_id", "user_id", "event_type");
  private static final List<String> TEXTS =
      List.of("event_id", "user_id", "event_type", "session_id");

  private EventDecoder() {}

  static Decoded decode(SentRecord sent, long maxFutureSkewMillis) {
    try {
      return new Event(event(sent, maxFutureSkewMillis));
    } catch (RefusedException refused) {
      return new Refused(refused.reason);
    }
  }

  /** Decodes once more a record that was found valid before. */
  static UserEvent decodeValid(SentRecord sent) {
    try {
      return event(sent, Long.MAX_VALUE / 2);
    } catch (RefusedException refused) {
      throw new IllegalStateException("was valid before: " + sent.coordinates(), refused);
    }
  }

  /** The checks stand in the order of the table; each may rely on those before it. */
  private static UserEvent event(SentRecord sent, long maxFutureSkewMillis)
      throws RefusedException {
    check(sent.value() != null, NULL_RECORD);
    check(sent.value().length <= Limits.RECORD_BYTES, RECORD_TOO_LARGE);
    var fields = fields(sent);

    for (var name : REQUIRED_FIELDS) {
      check(isPresent(fields.get(name)), MISSING_FIELD);
    }
    for (var name : TEXTS) {
      check(!isPresent(fields.get(name)) || is(fields.get(name), Kind.STRING), WRONG_TYPE);
    }
    var timestamp = fields.get("timestamp");
    check(is(timestamp, Kind.NUMBER) || is(timestamp, Kind.STRING), WRONG_TYPE);
    var nested = fields.get("properties");
    check(!isPresent(nested) || is(nested, Kind.OBJECT), WRONG_TYPE);
    for (var name : REQUIRED_TEXTS) {
      check(!text(fields, name).isEmpty(), EMPTY_FIELD);
    }
    var properties = properties(fields, CONTRACT_FIELDS, nested);
    for (var name : TEXTS) {
      check(isUnicode(text(fields, name)), INVALID_TEXT);
    }
    for (var property : properties.entrySet()) {
      check(isUnicode(property.getKey()) && isUnicode(property.getValue()), INVALID_TEXT);
    }
    for (var name : TEXTS) {
      check(utf8Length(text(fields, name)) <= Limits.ID_BYTES, FIELD_TOO_LONG);
    }
    check(properties.size() <= Limits.PROPERTIES, TOO_MANY_PROPERTIES);
    long timestampMillis = timestampMillis(timestamp);
    var value = fields.get("value");
    check(!isPresent(value) || is(value, Kind.NUMBER), INVALID_VALUE);
    Long valueMicros = isPresent(value) ? valueMicros(value.text()) : null;
    check(
        timestampMillis >= Limits.EARLIEST_TIMESTAMP_MILLIS
            && timestampMillis <= sent.coordinates().ingestTimeMillis() + maxFutureSkewMillis,
        IMPOSSIBLE_TIMESTAMP);

    return new UserEvent(
        text(fields, "event_id"),
        text(fields, "user_id"),
        text(fields, "event_type"),
        timestampMillis,
        text(fields, "session_id"),
        valueMicros,
        properties,
        sent.coordinates(),
        false);
  }

  /** The members of the JSON object that the value is, or that its Avro record stands for. */
  private static Map<String, Value> fields(SentRecord sent) throws RefusedException {
    var value = sent.value();
    if (value.length == 0 || value[0] != 0) {
      var fields = members(utf8Text(value));
      check(fields != null, NOT_AN_OBJECT);
      return fields;
    }
    check(value.length >= AvroMembers.HEADER_BYTES, MALFORMED_AVRO);
    check(sent.writerSchema() != null, UNKNOWN_SCHEMA_ID);
    check(sent.writerSchema().getType() == Schema.Type.RECORD, UNUSABLE_SCHEMA);
    try {
      return AvroMembers.read(value, sent.writerSchema());
    } catch (IOException malformed) {
      throw new RefusedException(MALFORMED_AVRO);
    }
  }

  static void check(boolean holds, RejectionReason otherwise) throws RefusedException {
    if (!holds) {
      throw new RefusedException(otherwise);
    }
  }

  static String utf8Text(byte[] bytes) throws RefusedException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      throw new RefusedException(MALFORMED_JSON);
    }
  }

  static Map<String, Value> members(String document) throws RefusedException {
    try {
      return JsonMembers.read(document);
    } catch (IOException malformed) {
      throw new RefusedException(MALFORMED_JSON);
    }
  }

  static boolean isPresent(Value value) {
    return value != null && value.kind() != Kind.NULL;
  }

  static boolean is(Value value, Kind kind) {
    return value != null && value.kind() == kind;
  }

  /** Returns null where the field is absent or null. */
  static String text(Map<String, Value> fields, String name) {
    return isPresent(fields.get(name)) ? fields.get(name).text() : null;
  }

  static int utf8Length(String text) {
    return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
  }

  static boolean isUnicode(String text) {
    return text == null || StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /** Unknown fields first, then what the nested object names over them, then without the nulls. */
  static Map<String, String> properties(
      Map<String, Value> fields, Set<String> contractFields, Value nested) throws RefusedException {
    var all = new HashMap<>(fields);
    all.keySet().removeAll(contractFields);
    if (isPresent(nested)) {
      all.putAll(members(nested.text()));
    }
    var texts = new HashMap<String, String>();
    all.forEach(
        (name, value) -> {
          if (isPresent(value)) {
            texts.put(name, value.text());
          }
        });
    return texts;
  }

  static long timestampMillis(Value timestamp) throws RefusedException {
    try {
      return is(timestamp, Kind.NUMBER)
          ? new BigInteger(timestamp.text()).longValueExact()
          : OffsetDateTime.parse(timestamp.text()).toInstant().toEpochMilli();
    } catch (NumberFormatException | ArithmeticException | DateTimeException invalid) {
      throw new RefusedException(INVALID_TIMESTAMP);
    }
  }

  private static long valueMicros(String number) throws RefusedException {
    var micros = JsonNumber.roundedMicros(number);
    check(micros.isPresent(), VALUE_OVERFLOW);
    return micros.getAsLong();
  }
}
