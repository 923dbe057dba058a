package io.riskstream.risk.state;

import io.riskstream.model.Micros;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A score-relevant event that is not final yet: what its ledger row will need. Its order is the
 * order of scoring: event time, then unsigned UTF-8 bytes of the event id.
 *
 * @param weightMicros what the ruleset in force at its timestamp adds to the score, in millionths
 */
@SuppressWarnings("ArrayRecordComponent") // equality is never asked; order is compareTo's
public record PendingEvent(
    long timestampMillis, byte[] eventIdUtf8, String eventType, int weightMicros)
    implements Comparable<PendingEvent> {

  public static PendingEvent of(
      long timestampMillis, String eventId, String eventType, int weightMicros) {
    return new PendingEvent(
        timestampMillis, eventId.getBytes(StandardCharsets.UTF_8), eventType, weightMicros);
  }

  public String eventId() {
    return new String(eventIdUtf8, StandardCharsets.UTF_8);
  }

  /** Returns what the event does to a score: add its weight, then clamp to 0 to 1. */
  public ClampedAddition effect() {
    return new ClampedAddition(weightMicros, 0, Micros.ONE);
  }

  @Override
  public int compareTo(PendingEvent other) {
    var byTime = Long.compare(timestampMillis, other.timestampMillis);
    return byTime != 0 ? byTime : Arrays.compareUnsigned(eventIdUtf8, other.eventIdUtf8);
  }

  void writeTo(PackedWriter out) {
    out.writeSigned(timestampMillis);
    out.writeBytes(eventIdUtf8);
    out.writeText(eventType);
    out.writeSigned(weightMicros);
  }

  static PendingEvent readFrom(PackedReader in) {
    return new PendingEvent(
        in.readSigned(), in.readBytes(), in.readText(), Math.toIntExact(in.readSigned()));
  }
}
