package io.riskstream.model;

import java.util.Map;
import java.util.Objects;

/**
 * A decoded and valid event on its way through the pipeline. Equal events have equal fields,
 * coordinates included.
 *
 * @param timestampMillis event time, epoch milliseconds
 * @param sessionId null where the producer gave none
 * @param valueMicros the event's amount in millionths, or null where it has none
 * @param late true once the gate has judged the event to lie behind its partition's line
 */
public record UserEvent(
    String eventId,
    String userId,
    String eventType,
    long timestampMillis,
    String sessionId,
    Long valueMicros,
    Map<String, String> properties,
    Coordinates coordinates,
    boolean late)
    implements UserInput {

  public UserEvent {
    Objects.requireNonNull(eventId, "eventId");
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(eventType, "eventType");
    Objects.requireNonNull(properties, "properties");
    Objects.requireNonNull(coordinates, "coordinates");
  }

  /** Returns the same event judged late. */
  public UserEvent asLate() {
    return new UserEvent(
        eventId,
        userId,
        eventType,
        timestampMillis,
        sessionId,
        valueMicros,
        properties,
        coordinates,
        true);
  }

  /** Returns whether the other event says the same, wherever Kafka holds it. */
  public boolean sameContentAs(UserEvent other) {
    return eventId.equals(other.eventId)
        && userId.equals(other.userId)
        && eventType.equals(other.eventType)
        && timestampMillis == other.timestampMillis
        && Objects.equals(sessionId, other.sessionId)
        && Objects.equals(valueMicros, other.valueMicros)
        && properties.equals(other.properties);
  }
}
