package io.riskstream.testkit;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.Coordinates;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a producer sent, told record by record; each partition's offsets count from 0. */
public final class SentStory {
  public static final String TOPIC = "events";

  private final List<SentRecord> records = new ArrayList<>();
  private final Map<Integer, Long> offsets = new HashMap<>();

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
}
