package io.riskstream.source;

import io.riskstream.model.Coordinates;
import io.riskstream.model.DeadLetter;
import io.riskstream.model.Limits;
import io.riskstream.model.RejectionReason;
import io.riskstream.model.UserEvent;
import io.riskstream.source.event.Rejection;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Makes dead letters, bounded in size whatever the refused record holds. */
public final class DeadLetters {
  private DeadLetters() {}

  /** Returns the dead letter of a record that could not be decoded or validated. */
  public static DeadLetter of(
      Coordinates coordinates, byte[] key, byte[] value, Rejection rejection) {
    return builder(coordinates, rejection.reason(), rejection.getMessage())
        .setRawKey(key == null ? null : bounded(key))
        .setRaw(value == null ? ByteBuffer.allocate(0) : bounded(value))
        .setRawLength(value == null ? -1 : value.length)
        .build();
  }

  /** Returns the dead letter of an event whose id an accepted event has with other content. */
  public static DeadLetter ofConflict(UserEvent event) {
    var canonical = CanonicalEvent.encode(event);
    var message =
        "event "
            + event.eventId()
            + " of user "
            + event.userId()
            + " was accepted before with other content; give each event an id of its own";
    return builder(event.coordinates(), RejectionReason.CONFLICTING_DUPLICATE, message)
        .setRawKey(null)
        .setRaw(bounded(canonical))
        .setRawLength(canonical.length)
        .build();
  }

  private static DeadLetter.Builder builder(
      Coordinates coordinates, RejectionReason reason, String message) {
    return DeadLetter.newBuilder()
        .setTopic(coordinates.topic())
        .setPartition(coordinates.partition())
        .setOffset(coordinates.offset())
        .setIngestTime(Instant.ofEpochMilli(coordinates.ingestTimeMillis()))
        .setStage(reason.stage().code())
        .setError(reason.code())
        .setMessage(encodable(message));
  }

  /** Half a surrogate pair, which a message may quote, has no form in UTF-8. */
  private static String encodable(String message) {
    return new String(message.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static ByteBuffer bounded(byte[] bytes) {
    return ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, Limits.DEAD_LETTER_RAW_BYTES));
  }
}
