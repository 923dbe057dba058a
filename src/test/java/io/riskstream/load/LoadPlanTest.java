package io.riskstream.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a generated plan promises of its records. */
class LoadPlanTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long START_MILLIS = 1_767_225_600_000L;
  private static final long HORIZON_MILLIS = 5_000;
  private static final int COUNT = 50_000;
  private static final List<PlannedRecord> RECORDS = plan(settings(1, LoadShares.DEFAULT));

  @Test
  void theSameSettingsGiveTheSameBytes() {
    var again = plan(settings(1, LoadShares.DEFAULT));

    assertThat(again).hasSameSizeAs(RECORDS);
    for (var i = 0; i < COUNT; i++) {
      assertThat(key(again.get(i))).isEqualTo(key(RECORDS.get(i)));
      assertThat(again.get(i).value()).isEqualTo(RECORDS.get(i).value());
      assertThat(again.get(i).sendOffsetNanos()).isEqualTo(RECORDS.get(i).sendOffsetNanos());
    }
  }

  @Test
  void anotherSeedGivesOtherRecords() {
    var others = plan(settings(2, LoadShares.DEFAULT));

    assertThat(others)
        .extracting(LoadPlanTest::key)
        .isNotEqualTo(RECORDS.stream().map(LoadPlanTest::key).toList());
    assertThat(Collections.disjoint(eventIds(others), eventIds(RECORDS))).isTrue();
  }

  @Test
  void recordsAreDueAtTheirNumberDividedByTheRate() {
    for (var i = 0; i < COUNT; i++) {
      assertThat(RECORDS.get(i).sendOffsetNanos()).isEqualTo(i * 200_000L);
    }
  }

  @Test
  void eachKindHasItsShare() {
    var counts =
        RECORDS.stream().collect(Collectors.groupingBy(PlannedRecord::kind, Collectors.counting()));

    assertThat(counts.get(RecordKind.DUPLICATE)).isBetween(800L, 1_200L);
    assertThat(counts.get(RecordKind.CONFLICTING_DUPLICATE)).isBetween(50L, 150L);
    assertThat(counts.get(RecordKind.OUT_OF_ORDER)).isBetween(2_200L, 2_800L);
    assertThat(counts.get(RecordKind.LATE)).isBetween(400L, 600L);
    assertThat(counts.get(RecordKind.MALFORMED)).isBetween(400L, 600L);
    assertThat(counts.get(RecordKind.FUTURE)).isBetween(50L, 150L);
    assertThat(counts.get(RecordKind.SCENE)).isBetween(850L, 1_150L);
  }

  @Test
  void timestampsLieWhereTheirKindSays() throws IOException {
    for (var record : RECORDS) {
      var dueMillis = START_MILLIS + record.sendOffsetNanos() / 1_000_000;
      switch (record.kind()) {
        case ORDINARY -> assertThat(timestamp(record)).isEqualTo(dueMillis);
        case OUT_OF_ORDER, DUPLICATE, CONFLICTING_DUPLICATE ->
            assertThat(timestamp(record)).isBetween(dueMillis - HORIZON_MILLIS, dueMillis);
        case LATE -> assertThat(timestamp(record)).isLessThan(dueMillis - 2 * HORIZON_MILLIS);
        case FUTURE -> assertThat(timestamp(record)).isEqualTo(dueMillis + 3_600_000);
        case SCENE -> assertThat(timestamp(record)).isBetween(dueMillis - 250, dueMillis);
        case MALFORMED -> {}
        default -> throw new AssertionError(record.kind());
      }
    }
  }

  @Test
  void aDuplicateIsAnEarlierRecordByteForByte() {
    var earlier = new HashSet<String>();
    for (var record : RECORDS) {
      var whole = key(record) + " " + text(record);
      if (record.kind() == RecordKind.DUPLICATE) {
        assertThat(earlier).contains(whole);
      }
      earlier.add(whole);
    }
  }

  @Test
  void aConflictingDuplicateHasIdUserAndTimeOfAnEarlierEventAndAnotherContent() throws IOException {
    var earlier = new HashMap<String, JsonNode>();
    for (var record : RECORDS) {
      if (record.kind() == RecordKind.MALFORMED) {
        continue;
      }
      var event = JSON.readTree(record.value());
      var original = earlier.putIfAbsent(event.get("event_id").textValue(), event);
      if (record.kind() == RecordKind.CONFLICTING_DUPLICATE) {
        assertThat(original).isNotNull().isNotEqualTo(event);
        assertThat(original.get("user_id")).isEqualTo(event.get("user_id"));
        assertThat(original.get("timestamp")).isEqualTo(event.get("timestamp"));
      }
    }
  }

  @Test
  void theKeyIsTheUser() throws IOException {
    for (var record : RECORDS) {
      if (record.kind() != RecordKind.MALFORMED) {
        var userId = JSON.readTree(record.value()).get("user_id").textValue();
        assertThat(key(record)).isEqualTo(userId);
      }
    }
  }

  @Test
  void someUserPassesTheHighestLevelWithinSeconds() throws IOException {
    var scores = new HashMap<String, Double>();
    var high = new HashSet<String>();
    for (var record : RECORDS) {
      if (record.kind() == RecordKind.ORDINARY) {
        var weight =
            switch (JSON.readTree(record.value()).get("event_type").textValue()) {
              case "failed_login" -> 0.1;
              case "successful_login" -> -0.05;
              default -> 0;
            };
        var score = scores.merge(key(record), Math.max(0, weight), (old, x) -> clamp(old + weight));
        if (score > 0.81) {
          high.add(key(record));
        }
      }
    }
    assertThat(high).hasSizeBetween(10, 1_000);
  }

  @Test
  void theLoginThatTurnsAnAlertAroundFollowsTheLastFailureAtOnce() throws IOException {
    var turned = 0;
    for (var i = 1; i < COUNT; i++) {
      var record = RECORDS.get(i);
      if (record.kind() == RecordKind.SCENE && text(record).contains("\"successful_login\"")) {
        var failure = RECORDS.get(i - 1);
        assertThat(key(failure)).isEqualTo(key(record)).startsWith("wavering-");
        assertThat(timestamp(record)).isEqualTo(timestamp(failure) - 10);
        turned++;
      }
    }
    assertThat(turned).isBetween(6, 10);
  }

  @Test
  void scenesAreOfUsersThatNoOtherEventHas() {
    for (var record : RECORDS) {
      if (record.kind() != RecordKind.MALFORMED) {
        assertThat(!key(record).startsWith("user-")).isEqualTo(record.kind() == RecordKind.SCENE);
      }
    }
  }

  @Test
  void sharesThatCannotBeAreRefused() {
    assertThatThrownBy(() -> new LoadShares(0.6, 0, 0, 0.6, 0, 0))
        .hasMessageContaining("more than 1");
    assertThatThrownBy(() -> new LoadShares(0, 0, -0.1, 0, 0, 0))
        .hasMessageContaining("out-of-order is -0.1");
    assertThatThrownBy(() -> new LoadShares(0, 0, 0, 0, 0, 0, 1.2))
        .hasMessageContaining("scenes is 1.2");
  }

  private static double clamp(double score) {
    return Math.min(1, Math.max(0, score));
  }

  private static List<PlannedRecord> plan(LoadSettings settings) {
    var records = new ArrayList<PlannedRecord>();
    new LoadPlan(settings).forEachRemaining(records::add);
    return records;
  }

  private static LoadSettings settings(long seed, LoadShares shares) {
    return new LoadSettings(
        5_000,
        COUNT,
        10_000,
        1.0,
        seed,
        START_MILLIS,
        Duration.ofSeconds(2),
        Duration.ofSeconds(3),
        shares);
  }

  private static long timestamp(PlannedRecord record) throws IOException {
    var timestamp = JSON.readTree(record.value()).get("timestamp");
    return timestamp.isTextual()
        ? Instant.parse(timestamp.textValue()).toEpochMilli()
        : timestamp.longValue();
  }

  private static Set<String> eventIds(List<PlannedRecord> records) {
    var id = Pattern.compile("\"event_id\":\"([^\"]+)\"");
    return records.stream()
        .flatMap(record -> id.matcher(text(record)).results())
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  private static String key(PlannedRecord record) {
    return record.key() == null ? "null" : new String(record.key(), StandardCharsets.UTF_8);
  }

  private static String text(PlannedRecord record) {
    return record.value() == null
        ? "null"
        : new String(record.value(), StandardCharsets.ISO_8859_1);
  }
}
