package io.riskstream.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.riskstream.model.Alert;
import io.riskstream.model.WindowRow;
import io.riskstream.testkit.SentStory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Section 7 of the semantics and the window rules, as stories whose ends were computed by hand. */
class ReferenceWindowsTest {
  private static final long NOON = 1_767_268_800_000L; // 2026-01-01T12:00Z, begins a bucket
  private static final long MINUTE = 60_000;
  private static final ReferenceSettings SETTINGS =
      new ReferenceSettings(20 * MINUTE, 30 * MINUTE, 5 * MINUTE);

  private final SentStory story = new SentStory();

  @Test
  void countsAnEventInEachWindowThatHoldsIt() {
    story.event(0, "u", "e", "search", NOON);
    assertThat(outcome().windows())
        .extracting(WindowRow::getWindow, row -> minutes(row.getWindowStart()))
        .containsExactly(
            tuple("1m/30s", -0.5),
            tuple("1m/30s", 0.0),
            tuple("5m/1m", -4.0),
            tuple("5m/1m", -3.0),
            tuple("5m/1m", -2.0),
            tuple("5m/1m", -1.0),
            tuple("5m/1m", 0.0));
  }

  @Test
  void countsEachUserOnceAndAddsUpValuesExactly() {
    value("u", "1", "\"value\":0.1", NOON);
    value("u", "2", "\"value\":-0.3", NOON + MINUTE - 1);
    value("v", "3", "\"value\":0.1000005", NOON + 1); // half-even: 0.100000
    value("w", "4", "\"value\":null", NOON + 2);
    value("w", "5", "\"value\":9", NOON + MINUTE); // in the next one
    var row = row("1m/30s", NOON, "purchase");
    assertThat(row.getCount()).isEqualTo(4);
    assertThat(row.getDistinctUsers()).isEqualTo(3);
    assertThat(row.getValueCount()).isEqualTo(3);
    assertThat(row.getSum()).isEqualTo("-0.100000");
    assertThat(row.getMin()).isEqualTo("-0.300000");
    assertThat(row.getMax()).isEqualTo("0.100000");
    assertThat(row.getAvg()).isEqualTo("-0.033333");
    assertThat(row.getFinal$()).isTrue();
  }

  @Test
  void knowsNoLeastValueWhereThereIsNone() {
    story.event(0, "u", "e", "search", NOON);
    var row = row("1m/30s", NOON, "search");
    assertThat(row.getSum()).isEqualTo("0.000000");
    assertThat(row.getMin()).isNull();
    assertThat(row.getAvg()).isNull();
  }

  @Test
  void countsNeitherLateEventsNorDuplicatesAndUnknownTypesAsOther() {
    story.event(0, "u", "e", "nonsense", NOON + 60 * MINUTE);
    story.event(0, "u", "e", "nonsense", NOON + 60 * MINUTE);
    story.event(0, "v", "f", "other", NOON + 60 * MINUTE);
    story.event(0, "u", "late", "search", NOON);
    assertThat(outcome().windows()).allMatch(row -> row.getEventType().equals("other"));
    assertThat(row("5m/1m", NOON + 60 * MINUTE, "other").getCount()).isEqualTo(2);
  }

  @Test
  void sumsUpWhatAUserDidInTenMinutes() {
    story.event(0, "u", "3", "search", NOON + 10 * MINUTE - 1);
    story.event(0, "u", "1", "search", NOON + 5);
    story.event(0, "u", "2", "odd", NOON + 7);
    story.event(0, "u", "4", "search", NOON + 10 * MINUTE);
    story.profile(0, "u", NOON + 9 * MINUTE, "{\"tier\":\"a\"}");
    assertThat(outcome().activity()).hasSize(2);
    var row = outcome().activity().get(0).toRow();
    assertThat(row.getWindowStart()).isEqualTo(Instant.ofEpochMilli(NOON));
    assertThat(row.getWindowEnd()).isEqualTo(Instant.ofEpochMilli(NOON + 10 * MINUTE));
    assertThat(row.getCount()).isEqualTo(3);
    assertThat(row.getCounts()).isEqualTo(Map.of("search", 2L, "other", 1L));
    assertThat(row.getTypes()).containsExactly("other", "search");
    assertThat(row.getFirstEvent()).isEqualTo(Instant.ofEpochMilli(NOON + 5));
    assertThat(row.getLastEvent()).isEqualTo(Instant.ofEpochMilli(NOON + 10 * MINUTE - 1));
    assertThat(row.getProfile()).containsEntry("tier", "a");
    assertThat(row.getRulesVersion()).isEqualTo("default-1");
  }

  @Test
  void judgesActivityAndWindowsByWhatIsInForceAtTheirLastMillisecond() {
    story.event(0, "u", "e", "search", NOON);
    long cut = NOON + 5 * MINUTE; // the window from noon ends one millisecond before it
    story.document(
        cut - 5 * MINUTE - 30_000,
        "{\"kind\":\"ruleset\",\"id\":\"r\",\"version\":1,\"ruleset\":{\"version\":\"r\",\"rules\":["
            + "{\"id\":\"any\",\"window\":\"5m/1m\",\"condition\":\"count > 0\"}]}}");
    assertThat(outcome().alerts()).isEmpty();
    assertThat(outcome().activity().get(0).rulesVersion()).isEqualTo("r");
    story.event(0, "u", "f", "search", NOON + MINUTE);
    assertThat(outcome().alerts())
        .singleElement()
        .satisfies(
            alert ->
                assertThat(alert.getWindowStart()).isEqualTo(Instant.ofEpochMilli(NOON + MINUTE)));
  }

  @Test
  void raisesABurstFromTheEarliestWindowOfTheBucket() {
    for (int i = 0; i < 101; i++) {
      story.event(0, "u", "e" + i, "search", NOON + 7 * MINUTE + i);
    }
    for (int i = 0; i < 100; i++) {
      story.event(0, "v", "e" + i, "search", NOON + 7 * MINUTE + i);
    }
    // Windows end at 8 to 12 minutes: two are in the first bucket, three in the second.
    var alerts = outcome().alerts();
    assertThat(alerts)
        .extracting(Alert::getRuleId, Alert::getUserId, alert -> minutes(alert.getWindowStart()))
        .containsExactlyInAnyOrder(tuple("event-burst", "u", 3.0), tuple("event-burst", "u", 6.0));
    var first = alerts.stream().filter(alert -> minutes(alert.getWindowStart()) == 3.0).findFirst();
    assertThat(first)
        .hasValueSatisfying(
            alert -> {
              assertThat(alert.getKind()).isEqualTo("window");
              assertThat(alert.getEventTime())
                  .isEqualTo(Instant.ofEpochMilli(NOON + 8 * MINUTE - 1));
              assertThat(alert.getBucketStart()).isEqualTo(Instant.ofEpochMilli(NOON));
              assertThat(alert.getCounts()).isEqualTo(Map.of("search", 101L));
              assertThat(alert.getSessionStart())
                  .isEqualTo(Instant.ofEpochMilli(NOON + 7 * MINUTE));
              assertThat(alert.getSessionEnd())
                  .isEqualTo(Instant.ofEpochMilli(NOON + 7 * MINUTE + 100));
              assertThat(alert.getWindow()).isEqualTo("5m/1m");
              assertThat(alert.getSeverity()).isEqualTo("medium");
              assertThat(alert.getEventId()).isNull();
              assertThat(alert.getScore()).isNull();
              assertThat(alert.getContributions()).isEmpty();
            });
  }

  @Test
  void alertsOnAFailedLoginAmongMoreThanFiveTypes() {
    var types = List.of("failed_login", "search", "logout", "purchase", "refund", "strange");
    for (int i = 0; i < types.size(); i++) {
      story.event(0, "six", types.get(i), types.get(i), NOON + i);
      story.event(0, "two-others", types.get(i), i == 1 ? "odd" : types.get(i), NOON + i);
    }
    assertThat(outcome().alerts())
        .extracting(Alert::getRuleId, Alert::getUserId)
        .containsOnly(tuple("many-types", "six"));
  }

  private void value(String userId, String eventId, String value, long timestampMillis) {
    story.send(
        0,
        timestampMillis,
        "{\"event_id\":\"%s\",\"user_id\":\"%s\",\"event_type\":\"purchase\",\"timestamp\":%d,%s}"
            .formatted(eventId, userId, timestampMillis, value));
  }

  private static double minutes(Instant time) {
    return (time.toEpochMilli() - NOON) / (double) MINUTE;
  }

  private WindowRow row(String window, long startMillis, String type) {
    return outcome().windows().stream()
        .filter(row -> row.getWindow().equals(window) && row.getEventType().equals(type))
        .filter(row -> row.getWindowStart().toEpochMilli() == startMillis)
        .findFirst()
        .orElseThrow();
  }

  private Expected outcome() {
    return ReferenceModel.of(story.input(), SETTINGS);
  }
}
