package io.riskstream.reference;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.DeadLetter;
import io.riskstream.model.Limits;
import io.riskstream.model.RejectionReason;
import io.riskstream.model.UserEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Dead letters as they must stand in their topic, with an empty message. */
final class DeadLetters {
  private static final int LENGTH_OF_NULL = -1;

  private DeadLetters() {}

  /** Returns the letter of a record that cannot be decoded or is not valid. */
  static DeadLetter of(SentRecord sent, RejectionReason reason) {
    var coordinates = sent.coordinates();
    return new DeadLetter(
        coordinates.topic(),
        coordinates.partition(),
        coordinates.offset(),
        Instant.ofEpochMilli(coordinates.ingestTimeMillis()),
        reason.stage().code(),
        reason.code(),
        "",
        sent.key() == null ? null : beginning(sent.key()),
        sent.value() == null ? ByteBuffer.allocate(0) : beginning(sent.value()),
        sent.value() == null ? LENGTH_OF_NULL : sent.value().length);
  }

  /** Returns the letter of an event that says something else than an accepted one of its id. */
  static DeadLetter ofConflict(UserEvent refused) {
    var coordinates = refused.coordinates();
    var reason = RejectionReason.CONFLICTING_DUPLICATE;
    var canonical = CanonicalJson.of(refused).getBytes(StandardCharsets.UTF_8);
    return new DeadLetter(
        coordinates.topic(),
        coordinates.partition(),
        coordinates.offset(),
        Instant.ofEpochMilli(coordinates.ingestTimeMillis()),
        reason.stage().code(),
        reason.code(),
        "",
        null,
        beginning(canonical),
        canonical.length);
  }

  private static ByteBuffer beginning(byte[] bytes) {
    return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, Limits.DEAD_LETTER_RAW_BYTES));
  }
}
