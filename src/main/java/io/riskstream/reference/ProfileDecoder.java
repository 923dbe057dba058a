package io.riskstream.reference;

import static io.riskstream.model.RejectionReason.EMPTY_FIELD;
import static io.riskstream.model.RejectionReason.FIELD_TOO_LONG;
import static io.riskstream.model.RejectionReason.IMPOSSIBLE_TIMESTAMP;
import static io.riskstream.model.RejectionReason.INVALID_TEXT;
import static io.riskstream.model.RejectionReason.MISSING_FIELD;
import static io.riskstream.model.RejectionReason.NOT_AN_OBJECT;
import static io.riskstream.model.RejectionReason.NULL_RECORD;
import static io.riskstream.model.RejectionReason.RECORD_TOO_LARGE;
import static io.riskstream.model.RejectionReason.TOO_MANY_PROPERTIES;
import static io.riskstream.model.RejectionReason.WRONG_TYPE;
import static io.riskstream.reference.EventDecoder.check;
import static io.riskstream.reference.EventDecoder.is;
import static io.riskstream.reference.EventDecoder.isPresent;
import static io.riskstream.reference.EventDecoder.isUnicode;
import static io.riskstream.reference.EventDecoder.text;
import static io.riskstream.reference.EventDecoder.utf8Length;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.Limits;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.reference.EventDecoder.RefusedException;
import io.riskstream.reference.JsonMembers.Kind;
import java.util.Set;

/**
 * Section 6 of the semantics: a record of the topic of profiles is an update, or refused for the
 * reason of section 1 that stands first.
 */
final class ProfileDecoder {
  private static final Set<String> CONTRACT_FIELDS = Set.of("user_id", "timestamp", "attributes");

  private ProfileDecoder() {}

  /** Decodes once more a record that was found valid before. */
  static ProfileUpdate decodeValid(SentRecord sent) {
    try {
      return decode(sent, Long.MAX_VALUE / 2);
    } catch (RefusedException refused) {
      throw new IllegalStateException("was valid before: " + sent.coordinates(), refused);
    }
  }

  /** The checks stand in the order of the table; each may rely on those before it. */
  static ProfileUpdate decode(SentRecord sent, long maxFutureSkewMillis) throws RefusedException {
    check(sent.value() != null, NULL_RECORD);
    check(sent.value().length <= Limits.RECORD_BYTES, RECORD_TOO_LARGE);
    var fields = EventDecoder.members(EventDecoder.utf8Text(sent.value()));
    check(fields != null, NOT_AN_OBJECT);
    check(isPresent(fields.get("user_id")) && isPresent(fields.get("timestamp")), MISSING_FIELD);
    var timestamp = fields.get("timestamp");
    var nested = fields.get("attributes");
    check(
        is(fields.get("user_id"), Kind.STRING)
            && (is(timestamp, Kind.NUMBER) || is(timestamp, Kind.STRING))
            && (!isPresent(nested) || is(nested, Kind.OBJECT)),
        WRONG_TYPE);
    var userId = text(fields, "user_id");
    check(!userId.isEmpty(), EMPTY_FIELD);
    var attributes = EventDecoder.properties(fields, CONTRACT_FIELDS, nested);
    check(isUnicode(userId), INVALID_TEXT);
    for (var attribute : attributes.entrySet()) {
      check(isUnicode(attribute.getKey()) && isUnicode(attribute.getValue()), INVALID_TEXT);
    }
    check(utf8Length(userId) <= Limits.ID_BYTES, FIELD_TOO_LONG);
    check(attributes.size() <= Limits.PROPERTIES, TOO_MANY_PROPERTIES);
    long timestampMillis = EventDecoder.timestampMillis(timestamp);
    check(
        timestampMillis >= Limits.EARLIEST_TIMESTAMP_MILLIS
            && timestampMillis <= sent.coordinates().ingestTimeMillis() + maxFutureSkewMillis,
        IMPOSSIBLE_TIMESTAMP);
    return new ProfileUpdate(userId, timestampMillis, attributes, sent.coordinates(), false);
  }
}
