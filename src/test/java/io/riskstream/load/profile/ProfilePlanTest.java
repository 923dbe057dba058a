package io.riskstream.load.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.riskstream.load.LoadSettings;
import io.riskstream.load.LoadShares;
import io.riskstream.load.PlannedRecord;
import io.riskstream.load.RecordKind;
import io.riskstream.model.RejectionReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the plan of profile updates promises of its records. */
class ProfilePlanTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long START_MILLIS = 1_767_225_600_000L;
  private static final long HORIZON_MILLIS = 5_000;
  private static final long DAY_MILLIS = 24 * 3_600_000L;
  private static final long RUN_NANOS = 60_000_000_000L;
  private static final long INITIAL_NANOS = 2_000_000_000L;
  private static final List<PlannedRecord> RECORDS = plan(1, 0.02);
  private static final List<PlannedRecord> INITIAL =
      RECORDS.stream().filter(record -> record.sendOffsetNanos() < INITIAL_NANOS).toList();
  private static final List<PlannedRecord> CHANGES =
      RECORDS.subList(INITIAL.size(), RECORDS.size());

  @Test
  void theSameSettingsGiveTheSameBytesAndAnotherSeedOthers() {
    assertThat(lines(plan(1, 0.02))).isEqualTo(lines(RECORDS));
    assertThat(lines(plan(2, 0.02))).isNotEqualTo(lines(RECORDS));
  }

  @Test
  void theyComeInOrderOfTimeDueAndEndWithTheEvents() {
    assertThat(RECORDS).extracting(PlannedRecord::sendOffsetNanos).isSorted();
    assertThat(RECORDS.get(RECORDS.size() - 1).sendOffsetNanos())
        .isBetween(RUN_NANOS - 20_000_000, RUN_NANOS);
    assertThat(CHANGES).hasSizeBetween(5_700, 5_900);
  }

  @Test
  void mostOfTheUsersWithTheMostEventsAreToldOfAtTheStartOnceAndTheOldestFirst()
      throws IOException {
    assertThat(INITIAL).hasSizeBetween(6_000, 6_800);
    assertThat(INITIAL.stream().map(ProfilePlanTest::key)).doesNotHaveDuplicates();
    var timestamps = new ArrayList<Long>();
    for (var record : INITIAL) {
      timestamps.add(timestamp(record));
    }
    assertThat(timestamps).isSorted();
    assertThat(timestamps.get(timestamps.size() - 1)).isLessThanOrEqualTo(START_MILLIS);
  }

  @Test
  void someAreTooOldToHoldAndSomeBecomeItInTheRun() throws IOException {
    var tooOld = 0;
    var becomeIt = 0;
    for (var record : INITIAL) {
      var age = START_MILLIS - timestamp(record);
      tooOld += age >= DAY_MILLIS ? 1 : 0;
      becomeIt += age < DAY_MILLIS && age > DAY_MILLIS - 60_000 ? 1 : 0;
    }
    assertThat(tooOld).isBetween(200, 450);
    assertThat(becomeIt).isBetween(200, 450);
  }

  @Test
  void changesLieWhereTheirKindSays() throws IOException {
    for (var record : CHANGES) {
      var dueMillis = START_MILLIS + record.sendOffsetNanos() / 1_000_000;
      switch (record.kind()) {
        case PROFILE -> assertThat(timestamp(record)).isEqualTo(dueMillis);
        case PROFILE_OUT_OF_ORDER, PROFILE_SAME_TIME ->
            assertThat(timestamp(record)).isBetween(dueMillis - HORIZON_MILLIS, dueMillis);
        case PROFILE_LATE ->
            assertThat(timestamp(record)).isLessThan(dueMillis - 2 * HORIZON_MILLIS);
        case PROFILE_MALFORMED -> {}
        default -> throw new AssertionError(record.kind());
      }
    }
  }

  @Test
  void eachKindHasItsShare() {
    var counts =
        CHANGES.stream().collect(Collectors.groupingBy(PlannedRecord::kind, Collectors.counting()));

    assertThat(counts.get(RecordKind.PROFILE_OUT_OF_ORDER)).isBetween(480L, 680L);
    assertThat(counts.get(RecordKind.PROFILE_SAME_TIME)).isBetween(200L, 380L);
    assertThat(counts.get(RecordKind.PROFILE_LATE)).isBetween(120L, 230L);
    assertThat(counts.get(RecordKind.PROFILE_MALFORMED)).isBetween(120L, 230L);
  }

  @Test
  void anUpdateOfTheSameTimeHasUserAndTimestampOfAnEarlierOneAndMostlyOtherAttributes()
      throws IOException {
    var earlier = new HashSet<String>();
    var earlierWhole = new HashSet<String>();
    var again = 0;
    var others = 0;
    for (var record : CHANGES) {
      if (record.kind() == RecordKind.PROFILE_MALFORMED) {
        continue;
      }
      var identity = key(record) + " " + timestamp(record);
      if (record.kind() == RecordKind.PROFILE_SAME_TIME) {
        assertThat(earlier).contains(identity);
        again += earlierWhole.contains(text(record)) ? 1 : 0;
        others += earlierWhole.contains(text(record)) ? 0 : 1;
      }
      earlier.add(identity);
      earlierWhole.add(text(record));
    }
    assertThat(again).isBetween(30, others);
  }

  @Test
  void everyWayToSpoilAnUpdateComesUpAndAllButTheSpoiledAreObjectsOfTheirUser() throws IOException {
    var spoiled = CHANGES.stream().filter(r -> r.kind() == RecordKind.PROFILE_MALFORMED).count();
    assertThat(spoiled).isGreaterThan(ProfileMalformation.values().length);
    for (var record : RECORDS) {
      if (record.kind() != RecordKind.PROFILE_MALFORMED) {
        var update = JSON.readTree(record.value());
        assertThat(update.get("user_id").textValue()).isEqualTo(key(record));
        assertThat(update.get("attributes").isObject()).isTrue();
      }
    }
  }

  @Test
  void theReasonsOfDecodingAndValidationAreCoveredButForThoseOfAvroAndOfValues() {
    var covered = EnumSet.noneOf(RejectionReason.class);
    for (var way : ProfileMalformation.values()) {
      covered.add(way.reason());
    }
    assertThat(EnumSet.complementOf(covered))
        .containsExactlyInAnyOrder(
            RejectionReason.RECORD_TOO_LARGE,
            RejectionReason.UNKNOWN_SCHEMA_ID,
            RejectionReason.UNUSABLE_SCHEMA,
            RejectionReason.MALFORMED_AVRO,
            RejectionReason.INVALID_VALUE,
            RejectionReason.VALUE_OVERFLOW,
            RejectionReason.CONFLICTING_DUPLICATE);
  }

  @Test
  void noUpdatesAreNoPlan() {
    assertThat(plan(1, 0)).isEmpty();
    assertThatThrownBy(() -> ProfileShares.of(1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("profile updates for each event is 1.5");
  }

  private static List<PlannedRecord> plan(long seed, double perEvent) {
    var settings =
        new LoadSettings(
            5_000,
            300_000,
            10_000,
            1.0,
            seed,
            START_MILLIS,
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            LoadShares.DEFAULT);
    var records = new ArrayList<PlannedRecord>();
    new ProfilePlan(settings, ProfileShares.of(perEvent)).forEachRemaining(records::add);
    return records;
  }

  private static List<String> lines(List<PlannedRecord> records) {
    return records.stream()
        .map(record -> record.sendOffsetNanos() + " " + key(record) + " " + text(record))
        .toList();
  }

  private static long timestamp(PlannedRecord record) throws IOException {
    var timestamp = JSON.readTree(record.value()).get("timestamp");
    return timestamp.isTextual()
        ? Instant.parse(timestamp.textValue()).toEpochMilli()
        : timestamp.longValue();
  }

  private static String key(PlannedRecord record) {
    return new String(record.key(), StandardCharsets.UTF_8);
  }

  private static String text(PlannedRecord record) {
    return record.value() == null ? "null" : new String(record.value(), StandardCharsets.UTF_8);
  }
}
