package io.riskstream.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.Coordinates;
import io.riskstream.model.UserEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EventHashesTest {
  private static final Coordinates AT = new Coordinates("events", 0, 7, 9);
  private static final Coordinates ELSEWHERE = new Coordinates("others", 1, 8, 10);

  @Test
  void anyFieldThatSaysSomethingElseGivesAnotherFingerprint() {
    var pair = Map.of("a", "1", "b", "2");
    var events =
        List.of(
            event("type", 1, "session", 5L, pair),
            event("other", 1, "session", 5L, pair),
            event("type", 2, "session", 5L, pair),
            event("type", 1, "other", 5L, pair),
            event("type", 1, "", 5L, pair),
            event("type", 1, null, 5L, pair),
            event("type", 1, "session", 6L, pair),
            event("type", 1, "session", 0L, pair),
            event("type", 1, "session", null, pair),
            event("type", 1, "session", 5L, Map.of("a", "2", "b", "1")),
            event("type", 1, "session", 5L, Map.of("1", "a", "b", "2")),
            event("type", 1, "session", 5L, Map.of("a", "1", "c", "2")),
            event("type", 1, "session", 5L, Map.of("a", "1")),
            event("type", 1, "session", 5L, Map.of("", "")),
            event("type", 1, "session", 5L, Map.of()));
    assertThat(events).extracting(EventHashes::content).doesNotHaveDuplicates();
  }

  @Test
  void theOrderOfPropertiesAndThePlaceInKafkaDoNotCount() {
    var forwards = new LinkedHashMap<String, String>();
    forwards.put("a", "1");
    forwards.put("b", "2");
    var backwards = new LinkedHashMap<String, String>();
    backwards.put("b", "2");
    backwards.put("a", "1");
    var event = event("type", 1, null, null, forwards);
    var again = new UserEvent("id", "user", "type", 1, null, null, backwards, ELSEWHERE, true);
    assertThat(EventHashes.content(again)).isEqualTo(EventHashes.content(event));
    assertThat(EventHashes.identity(again)).isEqualTo(EventHashes.identity(event));
  }

  private static UserEvent event(
      String type, long timestamp, String session, Long value, Map<String, String> properties) {
    return new UserEvent("id", "user", type, timestamp, session, value, properties, AT, false);
  }
}
