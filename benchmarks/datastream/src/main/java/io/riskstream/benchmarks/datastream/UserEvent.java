package io.riskstream.benchmarks.datastream;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.OffsetDateTime;

/** An event, as far as the common part looks at it; a POJO to Flink and to Jackson. */
@JsonIgnoreProperties(ignoreUnknown = true)
public final class UserEvent {
  @JsonProperty("event_id")
  public String eventId;

  @JsonProperty("user_id")
  public String userId;

  @JsonProperty("event_type")
  public String eventType;

  public long timestampMillis;

  /** Takes epoch milliseconds or ISO-8601. */
  @JsonProperty("timestamp")
  void setTimestamp(Object timestamp) {
    timestampMillis =
        timestamp instanceof Number millis
            ? millis.longValue()
            : OffsetDateTime.parse((String) timestamp).toInstant().toEpochMilli();
  }

  boolean isValid() {
    return isPresent(eventId) && isPresent(userId) && isPresent(eventType) && timestampMillis > 0;
  }

  private static boolean isPresent(String text) {
    return text != null && !text.isEmpty();
  }
}
