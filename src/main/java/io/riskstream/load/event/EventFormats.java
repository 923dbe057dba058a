package io.riskstream.load.event;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The formats of one load. Which of them an event is written in depends on its id alone, so that it
 * is the same bytes whenever it is sent.
 */
public final class EventFormats {
  /**
   * A record that is no valid event.
   *
   * @param keyed whether it has its user as key
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; arrays are Kafka's own form
  public record Spoiled(byte[] valueOrNull, boolean keyed) {}

  private final List<Function<EventDraft, byte[]>> encodings = new ArrayList<>();
  private final List<Function<EventDraft, Spoiled>> malformations = new ArrayList<>();

  private EventFormats() {}

  /** All events as JSON. */
  public static EventFormats json() {
    var formats = new EventFormats();
    formats.addJson();
    return formats;
  }

  /**
   * The format that is asked for.
   *
   * @param schemas those that Avro records are written by; may be null for JSON
   */
  public static EventFormats of(LoadFormat format, AvroProducers schemas) {
    var formats = new EventFormats();
    switch (format) {
      case JSON -> formats.addJson();
      case AVRO -> formats.addAvro(schemas);
      case MIXED -> {
        formats.addJson();
        formats.addAvro(schemas);
      }
    }
    return formats;
  }

  private void addJson() {
    encodings.add(EventDraft::bytes);
    for (var malformation : Malformation.values()) {
      malformations.add(
          event -> new Spoiled(malformation.spoil(event), malformation != Malformation.NO_USER));
    }
  }

  private void addAvro(AvroProducers producers) {
    encodings.add(producers.older()::encode);
    encodings.add(producers.newer()::encode);
    for (var malformation : AvroMalformation.values()) {
      malformations.add(event -> new Spoiled(malformation.spoil(event, producers.newer()), true));
    }
  }

  /** Returns the event's bytes. */
  public byte[] encode(EventDraft event) {
    return encodings.get(Math.floorMod(event.eventId().hashCode(), encodings.size())).apply(event);
  }

  /** Returns the event spoiled in the way that is next in turn. */
  public Spoiled spoil(int turn, EventDraft event) {
    return malformations.get(Math.floorMod(turn, malformations.size())).apply(event);
  }
}
