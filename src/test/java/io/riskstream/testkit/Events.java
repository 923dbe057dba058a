package io.riskstream.testkit;

import io.riskstream.model.Coordinates;
import io.riskstream.model.UserEvent;
import java.util.Map;

/** Events of test stories: partition 0 unless said, offsets as given, everything else plain. */
public final class Events {
  /** A second after which all story times count, epoch milliseconds. */
  public static final long START = 1_767_225_600_000L;

  private Events() {}

  public static UserEvent event(
      String userId,
      String eventId,
      String type,
      long millisAfterStart,
      int partition,
      long offset) {
    return new UserEvent(
        eventId,
        userId,
        type,
        START + millisAfterStart,
        null,
        null,
        Map.of(),
        new Coordinates("events", partition, offset, START + millisAfterStart + 10),
        false);
  }

  public static UserEvent failedLogin(String userId, String eventId, long millisAfterStart) {
    return event(userId, eventId, "failed_login", millisAfterStart, 0, 0);
  }

  public static UserEvent purchase(String userId, String eventId, long millisAfterStart) {
    return event(userId, eventId, "purchase", millisAfterStart, 0, 0);
  }
}
