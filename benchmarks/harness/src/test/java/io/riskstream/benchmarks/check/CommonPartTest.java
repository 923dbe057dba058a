package io.riskstream.benchmarks.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.manifest.Manifest;
import io.riskstream.manifest.SentRecord;
import io.riskstream.model.Coordinates;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What must come of a handful of events, worked out by hand. */
class CommonPartTest {
  private static final String TOPIC = "events";
  private static final long NOON = 1_767_268_800_000L;

  private static final Map<String, String> RIGHT =
      Map.of(
          "user:ann",
          "3,150000",
          "user:bob",
          "2,0",
          "window:failed_login:" + NOON,
          "1",
          "window:failed_login:" + (NOON + 60_000),
          "1",
          "window:successful_login:" + (NOON + 60_000),
          "2",
          "window:page_view:" + NOON,
          "1");

  private final List<SentRecord> sent = new ArrayList<>();

  @Test
  void isScoreAndCountOfEachUserAndTheCountOfEachTypeAndMinute() {
    assertThat(story().rows()).isEqualTo(RIGHT);
    assertThat(story().judge(RIGHT)).isEqualTo(Judgement.right(RIGHT.size()));
  }

  @Test
  void countsEventsAndUsersOfSlidingWindows() {
    var rows = story().withSlidingWindows().rows();

    assertThat(rows).containsAllEntriesOf(RIGHT);
    assertThat(rows)
        .containsEntry("sliding:5m/1m:failed_login:" + (NOON - 60_000), "2,1")
        .containsEntry("sliding:5m/1m:successful_login:" + NOON, "2,2")
        .containsEntry("sliding:1m/30s:page_view:" + (NOON + 30_000), "1,1");
  }

  @Test
  void findsARowThatIsMissingDifferentOrNotExpected() {
    var tampered = new HashMap<>(RIGHT);
    tampered.remove("user:bob");
    tampered.put("user:ann", "2,100000");
    tampered.put("user:eve", "1,0");

    assertThat(story().judge(tampered).differences())
        .containsExactly(
            "user:ann: must be 3,150000, is 2,100000",
            "user:bob: must be 2,0, is absent",
            "user:eve: must be absent, is 1,0");
  }

  @Test
  void showsTheFirstDifferencesAndCountsAll() {
    assertThat(story().judge(Map.of()).differences())
        .hasSize(6)
        .last()
        .isEqualTo("6 differences in all");
  }

  @Test
  void refusesAPlanThatAPeerCouldNotHandle() {
    send("ann", "e-1", "page_view", NOON);
    send("ann", "e-1", "page_view", NOON);

    assertThatThrownBy(() -> CommonPart.of(new Manifest(TOPIC, sent, true, 0)))
        .hasMessageContaining("duplicate=1");
  }

  private CommonPart story() {
    sent.clear();
    send("ann", "e-1", "failed_login", NOON);
    send("ann", "e-2", "failed_login", NOON + 60_000);
    send("ann", "e-3", "successful_login", NOON + 60_001);
    send("bob", "e-4", "page_view", NOON + 59_999);
    send("bob", "e-5", "successful_login", NOON + 119_999);
    return CommonPart.of(new Manifest(TOPIC, sent, true, 0));
  }

  private void send(String user, String id, String type, long timestampMillis) {
    var json =
        "{\"event_id\":\"%s\",\"user_id\":\"%s\",\"event_type\":\"%s\",\"timestamp\":%d}"
            .formatted(id, user, type, timestampMillis);
    sent.add(
        new SentRecord(
            new Coordinates(TOPIC, 0, sent.size(), NOON + 3_600_000),
            "ordinary",
            bytes(user),
            bytes(json)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
