package io.riskstream.load.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riskstream.load.LoadSettings;
import io.riskstream.load.LoadShares;
import io.riskstream.load.PlannedRecord;
import io.riskstream.load.RecordKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the plan of documents promises of its records. */
class DocumentPlanTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long START_MILLIS = 1_767_225_600_000L;
  private static final Duration CUT_DELAY = Duration.ofSeconds(7);
  private static final double RATE = 1_000;
  private static final List<PlannedRecord> RECORDS = plan(60);

  @Test
  void theSameSettingsGiveTheSameBytes() {
    assertThat(lines(plan(60))).isEqualTo(lines(RECORDS));
  }

  @Test
  void theKeyIsKindIdAndVersionAndAllIdsAreThisLoads() throws IOException {
    for (var record : RECORDS) {
      var document = document(record);
      var kind = document.get("kind").textValue();
      var id = document.get("id").textValue();
      assertThat(new String(record.key(), StandardCharsets.UTF_8))
          .isEqualTo(kind + "/" + id + "/" + document.get("version").intValue());
      if (!kind.equals("dimension")) {
        assertThat(id).startsWith("load-1-");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 12, 30, 60, 600})
  void everyCutFallsIntoARunThatIsLongEnough(int seconds) throws IOException {
    assertThat(DocumentPlan.fitsInto(Duration.ofSeconds(seconds), CUT_DELAY)).isTrue();
    var end = START_MILLIS + seconds * 1_000L;
    var records = plan(seconds);
    assertThat(records).extracting(PlannedRecord::sendOffsetNanos).isSorted();
    for (var record : records) {
      var dueMillis = START_MILLIS + record.sendOffsetNanos() / 1_000_000;
      assertThat(dueMillis + CUT_DELAY.toMillis()).isLessThan(end);
    }
    var ruleset = records.get(1);
    assertThat(ruleset.sendOffsetNanos() + CUT_DELAY.toNanos()).isLessThan(seconds * 750_000_000L);
  }

  @Test
  void aRunThatIsTooShortIsToldApart() {
    assertThat(DocumentPlan.fitsInto(Duration.ofSeconds(9), CUT_DELAY)).isFalse();
    assertThat(plan(3)).first().extracting(PlannedRecord::sendOffsetNanos).isEqualTo(0L);
  }

  @Test
  void theFirstRulesetHasARuleOfEachSort() throws IOException {
    var ruleset = document(RECORDS.get(1)).get("ruleset");

    assertThat(ruleset.get("version").textValue())
        .isEqualTo(DocumentPlan.firstRulesVersion(settings(60)));
    assertThat(rules(ruleset)).anyMatch(rule -> rule.path("mode").asText().equals("shadow"));
    assertThat(rules(ruleset)).anyMatch(rule -> rule.has("window") && !rule.has("on"));
    assertThat(rules(ruleset))
        .anyMatch(rule -> rule.has("on") && condition(rule).contains("dimensions[\"region\"]"));
    assertThat(rules(ruleset)).anyMatch(rule -> condition(rule).contains("profile[\"segment\"]"));
    assertThat(rules(ruleset)).anyMatch(rule -> condition(rule).contains("event.value"));
    assertThat(ruleset.get("weights").get("successful_login").asDouble()).isEqualTo(-0.08);
  }

  @Test
  void aRepeatedDocumentIsAnEarlierOneByteForByte() {
    var earlier = new HashSet<String>();
    var repeated = 0;
    for (var record : RECORDS) {
      var known = !earlier.add(text(record));
      assertThat(known).isEqualTo(record.kind() == RecordKind.DOCUMENT_REPEATED);
      repeated += known ? 1 : 0;
    }
    assertThat(repeated).isEqualTo(1);
  }

  @Test
  void whatIsToBeRefusedComparesAScoreWithATextOrHasAnIdentityThatIsTaken() throws IOException {
    var accepted = new HashMap<String, String>();
    var reasons = new ArrayList<String>();
    for (var record : RECORDS) {
      var identity = new String(record.key(), StandardCharsets.UTF_8);
      var taken = accepted.containsKey(identity) && !accepted.get(identity).equals(text(record));
      if (record.kind() == RecordKind.DOCUMENT_REFUSED) {
        var wrongType =
            rules(document(record).get("ruleset")).stream()
                .anyMatch(rule -> condition(rule).contains("score_after >= \"high\""));
        assertThat(wrongType).isNotEqualTo(taken);
        reasons.add(wrongType ? "type" : "identity");
      } else {
        assertThat(taken).isFalse();
        accepted.put(identity, text(record));
      }
    }
    assertThat(reasons).containsExactly("type", "identity");
  }

  @Test
  void oneDocumentIsWishedForTooEarlyAndOneLaterThanItCouldBe() throws IOException {
    var early = 0;
    var later = 0;
    for (var record : RECORDS) {
      var effectiveFrom = document(record).path("effective_from");
      var dueMillis = START_MILLIS + record.sendOffsetNanos() / 1_000_000;
      if (effectiveFrom.isIntegralNumber()) {
        early += effectiveFrom.longValue() < dueMillis ? 1 : 0;
        later += effectiveFrom.longValue() > dueMillis + CUT_DELAY.toMillis() ? 1 : 0;
      }
    }
    assertThat(early).isEqualTo(1);
    assertThat(later).isEqualTo(1);
  }

  @Test
  void aSuppressionIsOfTheUserUnderAttackAndOneOfARuleIsShortenedLater() throws IOException {
    var suppressions = new ArrayList<JsonNode>();
    for (var record : RECORDS) {
      if (document(record).get("kind").textValue().equals("suppression")) {
        suppressions.add(document(record));
      }
    }
    assertThat(suppressions).hasSize(3);
    assertThat(suppressions.get(0).get("user_id").textValue()).isEqualTo("user-2");
    assertThat(suppressions.get(1).get("id")).isEqualTo(suppressions.get(2).get("id"));
    assertThat(suppressions.get(2).get("version").intValue())
        .isEqualTo(suppressions.get(1).get("version").intValue() + 1);
    assertThat(suppressions.get(2).get("until").longValue())
        .isLessThan(suppressions.get(1).get("until").longValue());
  }

  private static List<JsonNode> rules(JsonNode ruleset) {
    return StreamSupport.stream(ruleset.get("rules").spliterator(), false).toList();
  }

  private static String condition(JsonNode rule) {
    return rule.get("condition").textValue();
  }

  private static JsonNode document(PlannedRecord record) throws IOException {
    return JSON.readTree(record.value());
  }

  private static String text(PlannedRecord record) {
    return new String(record.value(), StandardCharsets.UTF_8);
  }

  private static List<String> lines(List<PlannedRecord> records) {
    return records.stream().map(record -> record.sendOffsetNanos() + text(record)).toList();
  }

  private static List<PlannedRecord> plan(int seconds) {
    var records = new ArrayList<PlannedRecord>();
    new DocumentPlan(settings(seconds), CUT_DELAY).forEachRemaining(records::add);
    return records;
  }

  private static LoadSettings settings(int seconds) {
    return new LoadSettings(
        RATE,
        LoadSettings.countFor(Duration.ofSeconds(seconds), RATE),
        10_000,
        1.0,
        1,
        START_MILLIS,
        Duration.ofSeconds(2),
        Duration.ofSeconds(3),
        LoadShares.DEFAULT);
  }
}
