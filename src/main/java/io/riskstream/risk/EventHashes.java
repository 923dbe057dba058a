package io.riskstream.risk;

import io.riskstream.model.UserEvent;
import net.openhft.hashing.LongHashFunction;
import net.openhft.hashing.LongTupleHashFunction;

/**
 * Hashes by which duplicates are known: 128 bits of XXH3 for an event's identity within its user,
 * 64 bits for what it says.
 */
final class EventHashes {
  private static final LongTupleHashFunction IDENTITY = LongTupleHashFunction.xx128();
  private static final LongHashFunction CONTENT = LongHashFunction.xx3();
  private static final long ABSENT = 0x9E3779B97F4A7C15L;

  private EventHashes() {}

  /** Returns the identity as two longs. */
  static long[] identity(UserEvent event) {
    return IDENTITY.hashChars(event.eventId());
  }

  /** Returns the fingerprint of all fields but the coordinates; properties count in any order. */
  static long content(UserEvent event) {
    var properties = 0L;
    for (var property : event.properties().entrySet()) {
      properties +=
          CONTENT.hashLongs(
              new long[] {
                CONTENT.hashChars(property.getKey()), CONTENT.hashChars(property.getValue())
              });
    }
    return CONTENT.hashLongs(
        new long[] {
          CONTENT.hashChars(event.eventType()),
          event.timestampMillis(),
          event.sessionId() == null ? ABSENT : CONTENT.hashChars(event.sessionId()),
          event.valueMicros() == null ? ABSENT : CONTENT.hashLong(event.valueMicros()),
          event.properties().size(),
          properties
        });
  }
}
