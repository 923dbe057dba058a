package io.riskstream.risk.state;

import io.riskstream.model.Micros;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A score-relevant event that is not final yet: what its ledger row will need, and what the rules
 * of its type look at. Its order is the order of scoring: event time, then unsigned UTF-8 bytes of
 * the event id (as {@link NodeEntries} compare it). In its packed form what is not kept costs
 * nothing.
 *
 * @param weightMicros what the ruleset in force at its timestamp adds to the score, in millionths
 * @param floorMicros least score that the event may leave
 * @param ceilingMicros greatest score that the event may leave
 * @param kept fields that rules look at
 */
@SuppressWarnings("ArrayRecordComponent") // equality is never asked
public record PendingEvent(
    long timestampMillis,
    byte[] eventIdUtf8,
    String eventType,
    int weightMicros,
    int floorMicros,
    int ceilingMicros,
    KeptFields kept) {
  private static final int SESSION = 1;
  private static final int VALUE = 2;
  private static final int PROPERTIES = 4;

  /**
   * What is kept of an event beside its identity, type and time.
   *
   * @param sessionIdOrNull null where there is none or no rule asks
   * @param valueMicrosOrNull null where there is none or no rule asks
   * @param properties those that rules ask for
   */
  public record KeptFields(
      String sessionIdOrNull, Long valueMicrosOrNull, Map<String, String> properties) {
    /** No rule asks for anything. */
    public static final KeptFields NOTHING = new KeptFields(null, null, Map.of());

    public KeptFields {
      Objects.requireNonNull(properties, "properties");
    }
  }

  /** Makes an event of which nothing is kept, scored between the clamps 0 and 1. */
  public static PendingEvent of(
      long timestampMillis, String eventId, String eventType, int weightMicros) {
    return new PendingEvent(
        timestampMillis,
        eventId.getBytes(StandardCharsets.UTF_8),
        eventType,
        weightMicros,
        0,
        Micros.ONE,
        KeptFields.NOTHING);
  }

  public String eventId() {
    return new String(eventIdUtf8, StandardCharsets.UTF_8);
  }

  /** Returns what the event does to a score: add its weight, then clamp. */
  public ClampedAddition effect() {
    return new ClampedAddition(weightMicros, floorMicros, ceilingMicros);
  }

  /** Returns the event as an entry of a leaf, packed by the writer. */
  NodeEntries.Entry entry(PackedWriter out) {
    out.writeBytes(eventIdUtf8);
    out.writeText(eventType);
    out.writeByte(
        (kept.sessionIdOrNull() != null ? SESSION : 0)
            | (kept.valueMicrosOrNull() != null ? VALUE : 0)
            | (kept.properties().isEmpty() ? 0 : PROPERTIES));
    if (kept.sessionIdOrNull() != null) {
      out.writeText(kept.sessionIdOrNull());
    }
    if (kept.valueMicrosOrNull() != null) {
      out.writeSigned(kept.valueMicrosOrNull());
    }
    if (!kept.properties().isEmpty()) {
      out.writeUnsigned(kept.properties().size());
      kept.properties()
          .forEach(
              (name, value) -> {
                out.writeText(name);
                out.writeText(value);
              });
    }
    return new NodeEntries.Entry(timestampMillis, effect(), out.toByteArray());
  }

  /** Reads the event of a leaf's entry. */
  static PendingEvent of(NodeEntries events, int index) {
    var effect = events.effect(index);
    var content = events.content(index);
    return new PendingEvent(
        events.timestampMillis(index),
        content.readBytes(),
        content.readText(),
        Math.toIntExact(effect.addend()),
        effect.floor(),
        effect.ceiling(),
        readKept(content.readByte(), content));
  }

  private static KeptFields readKept(int flags, PackedReader in) {
    if ((flags & (SESSION | VALUE | PROPERTIES)) == 0) {
      return KeptFields.NOTHING;
    }
    var session = (flags & SESSION) != 0 ? in.readText() : null;
    var value = (flags & VALUE) != 0 ? Long.valueOf(in.readSigned()) : null;
    var properties = new HashMap<String, String>();
    if ((flags & PROPERTIES) != 0) {
      for (var count = in.readUnsigned(); count > 0; count--) {
        properties.put(in.readText(), in.readText());
      }
    }
    return new KeptFields(session, value, properties);
  }
}
