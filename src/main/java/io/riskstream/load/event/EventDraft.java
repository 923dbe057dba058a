package io.riskstream.load.event;

import java.nio.charset.StandardCharsets;

/**
 * A valid event before it is bytes. All parts are JSON text already, without anything to escape.
 *
 * @param timestamp as it stands in JSON: a number or a quoted text
 * @param members further members, each with a leading comma, or empty
 * @param properties members of {@code properties}, separated by commas, or empty
 */
public record EventDraft(
    String eventId,
    String userId,
    String eventType,
    String timestamp,
    String members,
    String properties) {

  public byte[] bytes() {
    return json().getBytes(StandardCharsets.UTF_8);
  }

  public String json() {
    return "{\"event_id\":\""
        + eventId
        + "\",\"user_id\":\""
        + userId
        + "\",\"event_type\":\""
        + eventType
        + "\",\"timestamp\":"
        + timestamp
        + members
        + ",\"properties\":{"
        + properties
        + "}}";
  }

  public byte[] key() {
    return userId.getBytes(StandardCharsets.UTF_8);
  }

  public EventDraft withEventId(String changed) {
    return new EventDraft(changed, userId, eventType, timestamp, members, properties);
  }

  public EventDraft withEventType(String changed) {
    return new EventDraft(eventId, userId, changed, timestamp, members, properties);
  }

  public EventDraft withTimestamp(String changed) {
    return new EventDraft(eventId, userId, eventType, changed, members, properties);
  }

  /** Returns the event with nothing but this as a further member. */
  EventDraft withValue(String json) {
    return new EventDraft(eventId, userId, eventType, timestamp, ",\"value\":" + json, properties);
  }

  public EventDraft withMember(String name, String json) {
    var more = members + ",\"" + name + "\":" + json;
    return new EventDraft(eventId, userId, eventType, timestamp, more, properties);
  }

  public EventDraft withProperty(String name, String json) {
    var separator = properties.isEmpty() ? "" : ",";
    var more = properties + separator + "\"" + name + "\":" + json;
    return new EventDraft(eventId, userId, eventType, timestamp, members, more);
  }
}
