package io.riskstream.reference;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** A score-relevant event, in the order that section 4 of the semantics gives such events. */
record ScoredEvent(String eventId, String eventType, long timestampMillis, int weightMicros)
    implements Comparable<ScoredEvent> {
  private static final Comparator<ScoredEvent> ORDER =
      Comparator.comparingLong(ScoredEvent::timestampMillis)
          .thenComparing(ScoredEvent::eventId, ScoredEvent::compareUtf8);

  @Override
  public int compareTo(ScoredEvent other) {
    return ORDER.compare(this, other);
  }

  /** Not {@link String#compareTo}, which orders by UTF-16 and so puts U+FFFF after U+10000. */
  private static int compareUtf8(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
