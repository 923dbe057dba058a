package io.riskstream.benchmarks.spark;

import java.io.Serializable;

/** An event, as far as a user's risk looks at it; a bean to Spark. */
public final class UserEvent implements Serializable {
  private static final long serialVersionUID = 1;

  private String userId;
  private String eventType;
  private long timestampMillis;

  public String getUserId() {
    return userId;
  }

  public void setUserId(String userId) {
    this.userId = userId;
  }

  public String getEventType() {
    return eventType;
  }

  public void setEventType(String eventType) {
    this.eventType = eventType;
  }

  public long getTimestampMillis() {
    return timestampMillis;
  }

  public void setTimestampMillis(long timestampMillis) {
    this.timestampMillis = timestampMillis;
  }
}
