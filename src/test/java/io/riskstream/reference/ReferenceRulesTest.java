package io.riskstream.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.riskstream.model.Alert;
import io.riskstream.model.ControlRow;
import io.riskstream.model.LedgerRow;
import io.riskstream.reference.rules.ControlAnswer;
import io.riskstream.testkit.SentStory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sections 4, 5, 8 and 9 of the semantics, as stories whose ends were computed by hand. */
class ReferenceRulesTest {
  private static final long NOON = 1_767_268_800_000L; // 2026-01-01T12:00Z, begins a bucket
  private static final long MINUTE = 60_000;
  private static final ReferenceSettings SETTINGS =
      new ReferenceSettings(20 * MINUTE, 30 * MINUTE, 5 * MINUTE);

  /** Broker time to cut: max-future-skew, and the guard of half a minute. */
  private static final long WAIT = 5 * MINUTE + MINUTE / 2;

  private final SentStory story = new SentStory();
  private ReferenceSettings settings = SETTINGS;

  @Test
  void confirmsTheEarliestFinalTriggerOfEachBucket() {
    failedLogins("u", 9, NOON); // the eighth and the ninth fire, in one bucket
    story.event(0, "u", "next", "failed_login", NOON + 10 * MINUTE);
    var alerts = outcome().alerts();
    assertThat(alerts)
        .extracting(Alert::getEventId, alert -> alert.getBucketStart().toString())
        .containsExactlyInAnyOrder(
            tuple("f7", "2026-01-01T12:00:00Z"), tuple("next", "2026-01-01T12:10:00Z"));
    var first = alert("f7");
    // printf 'u\0high-score\0%s\0%s' 1767268800000 1767269400000 | sha256sum
    assertThat(first.getAlertId()).isEqualTo("c57ff10cbf15a0c8d0bc6bbfb39c2f5f");
    assertThat(first.getScoreBefore()).isEqualTo("0.700000");
    assertThat(first.getScore()).isEqualTo("0.800000");
    assertThat(first.getBucketEnd()).isEqualTo("2026-01-01T12:10:00Z");
    assertThat(first.getSeverity()).isEqualTo("high");
    assertThat(first.getRulesVersion()).isEqualTo("default-1");
    assertThat(first.getCondition()).isEqualTo("score_after >= 0.8");
    assertThat(first.getStatus()).hasToString("confirmed");
    assertThat(first.getFinal$()).isTrue();
  }

  @Test
  void confirmsNothingThatALaterArrivalTakesBack() {
    failedLogins("u", 8, NOON);
    story.event(0, "u", "between", "successful_login", NOON + 3);
    assertThat(outcome().alerts()).isEmpty();
  }

  @Test
  void breaksTheScoreDownIntoWhatWasAddedSinceItWasLastZero() {
    story.event(0, "u", "a", "failed_login", NOON);
    story.event(0, "u", "b", "successful_login", NOON + 1);
    story.event(0, "u", "c", "successful_login", NOON + 2); // 0
    failedLogins("u", 11, NOON + 3); // the eleventh adds nothing any more
    story.event(0, "u", "d", "successful_login", NOON + 20);
    story.event(0, "u", "e", "failed_login", NOON + 10 * MINUTE); // 1 again: 0.05 of it
    assertThat(contributionsOf("f7")).containsExactly("failed_login 8 0.800000");
    assertThat(contributionsOf("e"))
        .containsExactly("failed_login 12 1.050000", "successful_login 1 -0.050000");
  }

  @Test
  void judgesByTheRulesetInForceAtTheTimestamp() {
    story.event(0, "u", "before", "failed_login", NOON + WAIT - 1);
    story.event(0, "u", "at", "failed_login", NOON + WAIT);
    story.event(0, "u", "other", "page_view", NOON + WAIT + 1);
    story.document(NOON, ruleset(1, null, "weights: {failed_login: 0.25, page_view: 0}"));
    assertThat(ledger())
        .extracting(
            LedgerRow::getEventId,
            LedgerRow::getRulesVersion,
            row -> row.getWeight().toString(),
            row -> row.getScoreAfter().toString())
        .containsExactly(
            tuple("before", "default-1", "0.100000", "0.100000"),
            tuple("at", "r-1", "0.250000", "0.350000"),
            tuple("other", "r-1", "0.000000", "0.350000"));
    assertThat(outcome().users().get("u").rulesVersion()).isEqualTo("r-1");
  }

  @Test
  void clampsAsTheRulesetInForceSays() {
    settings =
        SETTINGS.withInitialRuleset(
            """
            version: mine
            weights: {up: 0.3, down: -0.3}
            clamps: {floor: 0.2, ceiling: 0.6}
            levels: [{name: low, from: 0}, {name: high, from: 0.5}]
            """);
    story.event(0, "u", "a", "down", NOON);
    story.event(0, "u", "b", "up", NOON + 1);
    story.event(0, "u", "c", "up", NOON + 2);
    assertThat(ledger())
        .extracting(row -> row.getDelta().toString(), row -> row.getScoreAfter().toString())
        .containsExactly(
            tuple("0.200000", "0.200000"),
            tuple("0.300000", "0.500000"),
            tuple("0.100000", "0.600000"));
    assertThat(outcome().users().get("u").level()).isEqualTo("high");
  }

  @Test
  void movesACutThatWasWishedTooEarlyAndNoOther() {
    story.document(NOON, ruleset(1, NOON + WAIT - 1, ""));
    story.document(NOON, ruleset(2, NOON + WAIT, ""));
    story.document(NOON, ruleset(3, NOON + WAIT + 1, ""));
    story.document(NOON, ruleset(4, null, ""));
    assertThat(outcome().answers())
        .extracting(ControlAnswer::answer, ControlAnswer::cutMillis, ControlAnswer::moved)
        .containsExactly(
            tuple("accepted", NOON + WAIT, true),
            tuple("accepted", NOON + WAIT, false),
            tuple("accepted", NOON + WAIT + 1, false),
            tuple("accepted", NOON + WAIT, false));
    assertThat(outcome().control())
        .extracting(ControlRow::getVersion, ControlRow::getCut)
        .contains(tuple(3, Instant.ofEpochMilli(NOON + WAIT + 1)));
  }

  @Test
  void takesOfEqualCutsTheOneOfTheGreaterOffset() {
    story.document(NOON, ruleset(2, null, ""));
    story.document(NOON - 1, ruleset(1, NOON + WAIT, ""));
    story.event(0, "u", "e", "page_view", NOON + WAIT);
    assertThat(outcome().users().get("u").rulesVersion()).isEqualTo("r-1");
  }

  @Test
  void refusesWhatIsNoDocumentOrSaysSomethingElseThanBefore() {
    story.document(NOON, ruleset(1, null, ""));
    story.document(NOON + 1, ruleset(1, null, " ")); // the same as JSON is not enough to differ
    story.document(NOON + 2, ruleset(1, null, "weights: {a: 0.1}"));
    story.document(NOON + 3, "[]");
    story.document(NOON + 4, "{\"kind\":\"ruleset\",\"id\":\"r\",\"version\":2}");
    story.document(NOON + 5, "{\"kind\":\"hot-rebuild\",\"id\":\"h\",\"version\":1}");
    assertThat(outcome().answers())
        .extracting(ControlAnswer::answer, ControlAnswer::cutMillis)
        .containsExactly(
            tuple("accepted", NOON + WAIT),
            tuple("repeated", null),
            tuple("refused", null),
            tuple("refused", null),
            tuple("refused", null),
            tuple("accepted", null));
    assertThat(outcome().control()).extracting(ControlRow::getOffset).containsExactly(0L, 5L);
  }

  @Test
  void refusesConditionsThatDoNotCompileAndLeavesTheIdentityFree() {
    var conditions =
        Stream.of(
                "score_after >",
                "score_after",
                "no_such_thing > 1",
                "count > 1", // of window rules
                "true" + " && true".repeat(600),
                "event.value > 1.0 ? " + "(".repeat(200) + "true" + ")".repeat(200) + " : fals")
            .toList();
    for (var condition : conditions) {
      story.document(NOON, ruleset(1, null, eventRule("a", condition)));
    }
    story.document(NOON, ruleset(1, null, eventRule("a", "event.value > 1.0")));
    assertThat(outcome().answers())
        .extracting(ControlAnswer::answer)
        .startsWith("refused", "refused", "refused", "refused", "refused", "refused")
        .endsWith("accepted");
  }

  @Test
  void switchesARuleOffFromItsCutUntilALaterRuleset() {
    var rules = eventRule("a", "true") + eventRule("b", "true");
    story.document(NOON - WAIT, ruleset(1, null, rules));
    story.document(
        NOON - WAIT + 3, // a disabled from NOON + 3 on
        "{\"kind\":\"rule-disabled\",\"id\":\"d\",\"version\":1,\"rule_id\":\"a\"}");
    story.document(NOON - WAIT + 5, ruleset(2, null, rules)); // on again from NOON + 5 on
    for (int i = 0; i < 7; i++) {
      story.event(0, "u" + i, "e" + i, "t", NOON + i);
    }
    assertThat(alertsOf("a")).containsExactlyInAnyOrder("e0", "e1", "e2", "e5", "e6");
    assertThat(alertsOf("b")).hasSize(7);
  }

  @Test
  void leavesARuleOffWhereDisablingAndRulesetHaveOneCut() {
    story.document(
        NOON - WAIT, "{\"kind\":\"rule-disabled\",\"id\":\"d\",\"version\":1,\"rule_id\":\"a\"}");
    story.document(NOON - WAIT, ruleset(1, null, eventRule("a", "true")));
    story.event(0, "u", "e", "t", NOON);
    assertThat(alertsOf("a")).containsExactly("e"); // its cut is not before the document's
  }

  @Test
  void passesOverSuppressedTriggersSoThatALaterOneIsTheFirst() {
    story.document(NOON - WAIT, ruleset(1, null, eventRule("a", "true") + eventRule("b", "true")));
    story.document(NOON - WAIT + 1, suppression(1, "u", "a", NOON, NOON + 4));
    for (int i = 0; i < 6; i++) {
      story.event(0, "u", "e" + i, "t", NOON + i);
    }
    story.event(0, "v", "other", "t", NOON + 2);
    assertThat(alertsOf("a")).containsExactlyInAnyOrder("e0", "other"); // before the cut
    assertThat(alertsOf("b")).containsExactlyInAnyOrder("e0", "other");
    story.document(NOON - WAIT - 5, suppression(2, "u", "a", NOON, NOON + 4));
    assertThat(alertsOf("a")).containsExactlyInAnyOrder("e4", "other");
  }

  @Test
  void replacesASuppressionByAGreaterVersionFromItsOwnCutOn() {
    story.document(NOON - WAIT, ruleset(1, null, eventRule("a", "true").replace("10m", "1ms")));
    story.document(NOON - WAIT, suppression(1, null, "a", 0, NOON + 1_000));
    story.document(NOON - WAIT + 2, suppression(2, null, "a", NOON + 3, NOON + 4));
    for (int i = 0; i < 6; i++) {
      story.event(0, "u", "e" + i, "t", NOON + i);
    }
    assertThat(alertsOf("a")).containsExactlyInAnyOrder("e2", "e4", "e5");
  }

  @Test
  void keepsShadowAlertsApart() {
    story.document(
        NOON - WAIT, ruleset(1, null, eventRule("a", "true").replace("deliver", "shadow")));
    story.event(0, "u", "e", "t", NOON);
    assertThat(outcome().alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.getMode()).isEqualTo("shadow");
              // printf 'u\0a\0%s\0%s\0shadow' 1767268800000 1767269400000 | sha256sum
              assertThat(alert.getAlertId()).isEqualTo("91eaa50940fd9f3f770aca6737878ce2");
            });
  }

  @Test
  void showsConditionsTheWholeEvent() {
    var condition =
        "event.id == 'e' && event.type == 't' && event.session_id == 's' && event.has_value"
            + " && event.value == 0.1 && event.properties['ip'] == '::1' && score_before == 0.0"
            + " && event.timestamp == timestamp('2026-01-01T12:00:00.007Z') && !has_profile"
            + " && size(profile) == 0 && size(dimensions) == 0";
    story.document(NOON - WAIT, ruleset(1, null, eventRule("a", condition)));
    story.send(
        0,
        NOON,
        "{\"event_id\":\"e\",\"user_id\":\"u\",\"event_type\":\"t\",\"timestamp\":%d,"
                .formatted(NOON + 7)
            + "\"session_id\":\"s\",\"value\":0.1,\"properties\":{\"ip\":\"::1\"}}");
    story.event(0, "v", "e", "t", NOON + 8);
    assertThat(outcome().alerts()).extracting(Alert::getUserId).containsExactly("u");
  }

  @Test
  void takesAnErrorOfAConditionForFalse() {
    story.document(NOON - WAIT, ruleset(1, null, eventRule("a", "event.properties['none'] == ''")));
    story.event(0, "u", "e", "t", NOON);
    assertThat(outcome().alerts()).isEmpty();
  }

  @Test
  void joinsTheNewestProfileNotAfterTheEventAndNotTooOld() {
    long day = 24 * 60 * MINUTE;
    story.event(0, "u", "none", "failed_login", NOON - 1);
    story.profile(0, "u", NOON, "{\"tier\":\"a\",\"n\":1}");
    story.profile(0, "u", NOON + 2, "{\"tier\":\"b\"}");
    story.profile(0, "u", NOON + 2, "{\"tier\":\"c\"}"); // greater
    story.profile(0, "u", NOON + 2, "{\"tie\":\"d\"}");
    story.event(0, "u", "first", "failed_login", NOON);
    story.event(0, "u", "tie", "failed_login", NOON + 2);
    story.event(0, "u", "last", "failed_login", NOON + 2 + day - 1);
    story.event(0, "u", "too-old", "failed_login", NOON + 2 + day);
    assertThat(ledger())
        .extracting(LedgerRow::getEventId, LedgerRow::getProfile)
        .containsExactly(
            tuple("none", null),
            tuple("first", Map.of("tier", "a", "n", "1")),
            tuple("tie", Map.of("tier", "c")),
            tuple("last", Map.of("tier", "c")),
            tuple("too-old", null));
  }

  @Test
  void keepsALateProfileAndJoinsItToNothing() {
    story.profile(0, "u", NOON + 50 * MINUTE, "{}");
    story.profile(0, "u", NOON - 1, "{\"tier\":\"late\"}");
    story.profile(0, "u", NOON, "{\"tier\":\"on-the-line\"}");
    story.sendProfile(0, NOON, "{\"user_id\":\"u\",\"timestamp\":1}");
    story.sendProfile(0, NOON, "{\"user_id\":\"u\",\"attributes\":{}}");
    story.sendProfile(0, NOON, "{\"user_id\":\"u\",\"timestamp\":0,\"attributes\":[]}");
    story.event(0, "u", "e", "failed_login", NOON);
    var outcome = outcome();
    assertThat(outcome.profiles())
        .extracting(Expected.Profile::late)
        .containsExactly(false, true, false);
    assertThat(ledger().get(0).getProfile()).containsEntry("tier", "on-the-line");
    assertThat(outcome.deadLetters())
        .extracting(letter -> letter.getTopic() + " " + letter.getError())
        .containsExactly(
            "user-profiles impossible-timestamp",
            "user-profiles missing-field",
            "user-profiles wrong-type");
    assertThat(outcome.users().get("u").validRecords()).isEqualTo(4);
  }

  @Test
  void translatesAProfileByTheDimensionsInForce() {
    story.profile(0, "u", NOON, "{\"country\":\"AT\",\"tier\":\"a\"}");
    story.document(NOON - WAIT, dimension("region", 1, "country", "\"AT\":\"eu\",\"US\":\"na\""));
    story.document(NOON - WAIT + 2, dimension("region", 2, "country", "\"AT\":\"emea\""));
    story.document(NOON - WAIT, dimension("absent", 1, "planet", "\"AT\":\"x\""));
    story.event(0, "u", "e1", "failed_login", NOON);
    story.event(0, "u", "e2", "failed_login", NOON + 2);
    story.event(0, "v", "e3", "failed_login", NOON + 2);
    assertThat(ledger())
        .extracting(LedgerRow::getDimensions)
        .containsExactly(Map.of("region", "eu"), Map.of("region", "emea"), Map.of());
  }

  private void failedLogins(String userId, int count, long firstMillis) {
    for (int i = 0; i < count; i++) {
      story.event(0, userId, "f" + i, "failed_login", firstMillis + i);
    }
  }

  /** A document whose ruleset is called r-1, r-2 and so on. */
  private static String ruleset(int version, Long effectiveFrom, String yaml) {
    var members = yaml.startsWith("weights") ? yaml : "";
    var rules = yaml.startsWith("weights") ? "" : yaml.replaceAll("(?<=})(?=\\{)", ",");
    var weights =
        members.isEmpty()
            ? ""
            : ",\"weights\":" + members.substring(9).replaceAll("(\\w+): ", "\"$1\":");
    return "{\"kind\":\"ruleset\",\"id\":\"r\",\"version\":%d,\"effective_from\":%d,\"ruleset\":{"
            .formatted(version, effectiveFrom)
        + "\"version\":\"r-%d\"%s,\"rules\":[%s]}}".formatted(version, weights, rules);
  }

  private static String eventRule(String id, String condition) {
    return "{\"id\":\"%s\",\"on\":[\"t\"],\"cool-down\":\"10m\",\"mode\":\"deliver\",\"condition\":\"%s\"}"
        .formatted(id, condition);
  }

  private static String suppression(int version, String user, String rule, long from, long until) {
    return ("{\"kind\":\"suppression\",\"id\":\"s\",\"version\":%d,\"user_id\":%s,\"rule_id\":\"%s\","
            + "\"from\":%d,\"until\":%d}")
        .formatted(version, user == null ? null : '"' + user + '"', rule, from, until);
  }

  private static String dimension(String id, int version, String attribute, String values) {
    return "{\"kind\":\"dimension\",\"id\":\"%s\",\"version\":%d,\"attribute\":\"%s\",\"values\":{%s}}"
        .formatted(id, version, attribute, values);
  }

  private Expected outcome() {
    return ReferenceModel.of(story.input(), settings);
  }

  private List<LedgerRow> ledger() {
    return outcome().ledger().stream().map(Expected.Ledger::toRow).toList();
  }

  private Alert alert(String eventId) {
    return outcome().alerts().stream()
        .filter(alert -> alert.getEventId().equals(eventId))
        .findFirst()
        .orElseThrow();
  }

  private List<String> contributionsOf(String eventId) {
    return alert(eventId).getContributions().stream()
        .map(part -> part.getEventType() + " " + part.getEvents() + " " + part.getDelta())
        .toList();
  }

  private List<String> alertsOf(String ruleId) {
    return outcome().alerts().stream()
        .filter(alert -> alert.getRuleId().equals(ruleId))
        .map(Alert::getEventId)
        .toList();
  }
}
