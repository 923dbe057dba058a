package io.riskstream.reference;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.UserEvent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * An accepted event in short form, in the order that section 5 of the semantics gives a user's
 * events.
 *
 * @param valueMicros null where it has none
 */
record Accepted(
    String eventId, String eventType, long timestampMillis, Long valueMicros, SentRecord sent)
    implements Comparable<Accepted> {
  private static final Comparator<Accepted> ORDER =
      Comparator.comparingLong(Accepted::timestampMillis)
          .thenComparing(Accepted::eventId, Accepted::compareUtf8);

  static Accepted of(UserEvent event, SentRecord sent) {
    return new Accepted(
        event.eventId(),
        event.eventType().intern(),
        event.timestampMillis(),
        event.valueMicros(),
        sent);
  }

  UserEvent decodedAgain() {
    return EventDecoder.decodeValid(sent);
  }

  @Override
  public int compareTo(Accepted other) {
    return ORDER.compare(this, other);
  }

  /** Not {@link String#compareTo}, which orders by UTF-16 and so puts U+FFFF after U+10000. */
  static int compareUtf8(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
