package io.riskstream.benchmarks.kafkastreams;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.OffsetDateTime;

/**
 * An event, as far as the common part looks at it.
 *
 * @param timestamp epoch milliseconds, or ISO-8601
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record UserEvent(
    @JsonProperty("event_id") String eventId,
    @JsonProperty("user_id") String userId,
    @JsonProperty("event_type") String eventType,
    @JsonProperty("timestamp") Object timestamp) {

  long timestampMillis() {
    return timestamp instanceof Number millis
        ? millis.longValue()
        : OffsetDateTime.parse((String) timestamp).toInstant().toEpochMilli();
  }

  boolean isValid() {
    return isPresent(eventId) && isPresent(userId) && isPresent(eventType) && timestamp != null;
  }

  private static boolean isPresent(String text) {
    return text != null && !text.isEmpty();
  }
}
