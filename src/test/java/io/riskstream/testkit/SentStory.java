package io.riskstream.testkit;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.ControlRecord;
import io.riskstream.model.Coordinates;
import io.riskstream.reference.ReferenceInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a producer sent, told record by record; each partition's offsets count from 0. */
public final class SentStory {
  public static final String TOPIC = "events";
  public static final String PROFILES_TOPIC = "user-profiles";
  public static final String CONTROL_TOPIC = "control";

  private final List<SentRecord> records = new ArrayList<>();
  private final List<SentRecord> profiles = new ArrayList<>();
  private final List<ControlRecord> control = new ArrayList<>();
  private final Map<Integer, Long> offsets = new HashMap<>();
  private final Map<Integer, Long> profileOffsets = new HashMap<>();

  /** Adds a record of the partition; key and value may be null. */
  public SentStory send(int partition, long ingestTimeMillis, byte[] key, byte[] value) {
    long offset = offsets.merge(partition, 1L, Long::sum) - 1;
    var coordinates = new Coordinates(TOPIC, partition, offset, ingestTimeMillis);
    records.add(new SentRecord(coordinates, "told", key, value));
    return this;
  }

  /** Adds a record of the partition, keyed by nothing. */
  public SentStory send(int partition, long ingestTimeMillis, String value) {
    return send(partition, ingestTimeMillis, null, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds an event that carries the four required fields only, ingested at its own time. */
  public SentStory event(
      int partition, String userId, String eventId, String type, long timestampMillis) {
    return event(partition, userId, eventId, type, timestampMillis, timestampMillis);
  }

  /** Adds an event that carries the four required fields only. */
  public SentStory event(
      int partition,
      String userId,
      String eventId,
      String type,
      long timestampMillis,
      long ingestTimeMillis) {
    var json =
        "{\"event_id\":\"%s\",\"user_id\":\"%s\",\"event_type\":\"%s\",\"timestamp\":%d}"
            .formatted(eventId, userId, type, timestampMillis);
    return send(partition, ingestTimeMillis, json);
  }

  public List<SentRecord> records() {
    return List.copyOf(records);
  }

  /** Adds an update of a profile, ingested at its own time. */
  public SentStory profile(int partition, String userId, long timestampMillis, String attributes) {
    return profile(partition, userId, timestampMillis, attributes, timestampMillis);
  }

  /**
   * Adds an update of a profile.
   *
   * @param attributes JSON
   */
  public SentStory profile(
      int partition,
      String userId,
      long timestampMillis,
      String attributes,
      long ingestTimeMillis) {
    return sendProfile(
        partition,
        ingestTimeMillis,
        "{\"user_id\":\"%s\",\"timestamp\":%d,\"attributes\":%s}"
            .formatted(userId, timestampMillis, attributes));
  }

  /** Adds a record of the topic of profiles. */
  public SentStory sendProfile(int partition, long ingestTimeMillis, String value) {
    long offset = profileOffsets.merge(partition, 1L, Long::sum) - 1;
    var coordinates = new Coordinates(PROFILES_TOPIC, partition, offset, ingestTimeMillis);
    profiles.add(new SentRecord(coordinates, "told", null, value.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  /** Adds a record of the control topic. */
  public SentStory document(long brokerTimeMillis, String value) {
    var coordinates = new Coordinates(CONTROL_TOPIC, 0, control.size(), brokerTimeMillis);
    control.add(new ControlRecord(coordinates, value.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  public List<SentRecord> profiles() {
    return List.copyOf(profiles);
  }

  public List<ControlRecord> control() {
    return List.copyOf(control);
  }

  /** Returns all that was sent. */
  public ReferenceInput input() {
    return new ReferenceInput(records(), profiles(), control(), List.of());
  }
}
