package io.riskstream.risk;

import static io.riskstream.testkit.Events.START;
import static io.riskstream.testkit.Events.event;
import static io.riskstream.testkit.Events.failedLogin;
import static io.riskstream.testkit.Events.purchase;
import static io.riskstream.testkit.TestRules.COOL_DOWN;
import static io.riskstream.testkit.TestRules.dimensionFrom;
import static io.riskstream.testkit.TestRules.disabledFrom;
import static io.riskstream.testkit.TestRules.onEvents;
import static io.riskstream.testkit.TestRules.onWindows;
import static io.riskstream.testkit.TestRules.rulesFrom;
import static io.riskstream.testkit.TestRules.ruleset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.riskstream.model.Alert;
import io.riskstream.model.Coordinates;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.Micros;
import io.riskstream.model.Ruleset;
import io.riskstream.model.Ruleset.Level;
import io.riskstream.model.UserEvent;
import io.riskstream.rules.RuleOutcome;
import io.riskstream.testkit.UserStory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What judges when: cuts, profiles and dimensions at the time of what is judged. */
final class UserRiskRulesTest {
  private static final long DAY = 86_400_000;

  @Test
  void anEventIsScoredByTheRulesetInForceAtItsTimestampInWhateverOrderTheyCome() {
    var story =
        new UserStory(
            ruleset("old"), rulesFrom(2_000, 0, ruleset("new", Map.of("failed_login", 300_000))));
    story.accept(failedLogin("ann", "new", 2_000));
    story.accept(failedLogin("ann", "old", 1_999));
    story.drain();
    assertThat(story.ledger())
        .extracting(LedgerRow::getEventId, LedgerRow::getRulesVersion, LedgerRow::getScoreAfter)
        .containsExactly(
            tuple("old", "old", Micros.toDecimal(100_000)),
            tuple("new", "new", Micros.toDecimal(400_000)));
  }

  @Test
  void whatNoRulesetInForceNamesIsNoRowOfTheLedger() {
    var story =
        new UserStory(
            ruleset("old"),
            rulesFrom(2_000, 0, ruleset("new", onEvents("x", "false", "purchase"))));
    story.accept(purchase("ann", "before", 1_000));
    story.accept(purchase("ann", "after", 3_000));
    story.drain();
    assertThat(story.ledger())
        .extracting(LedgerRow::getEventId, LedgerRow::getWeight)
        .containsExactly(tuple("after", Micros.toDecimal(0)));
  }

  @Test
  void clampsAreThoseOfTheRulesetOfEachEvent() {
    var narrow =
        new Ruleset(
            "narrow",
            Map.of("failed_login", 100_000, "successful_login", -900_000),
            50_000,
            150_000,
            List.of(new Level("all", 0)),
            List.of());
    var story = new UserStory(ruleset("wide"), rulesFrom(1_000, 0, narrow));
    for (var at : new int[] {100, 200, 300, 1_000}) {
      story.accept(failedLogin("ann", "at" + at, at));
    }
    assertThat(story.snapshot().scoreMicros()).isEqualTo(150_000);
    story.accept(event("ann", "good", "successful_login", 2_000, 0, 0));
    assertThat(story.snapshot().scoreMicros()).isEqualTo(50_000);
    assertThat(story.snapshot().level()).isEqualTo("all");
    story.drain();
    assertThat(story.ledger())
        .extracting(LedgerRow::getDelta)
        .map(Object::toString)
        .containsExactly("0.100000", "0.100000", "0.100000", "-0.150000", "-0.100000");
  }

  @Test
  void levelAndTopAreThoseOfTheRulesetAtTheLastActivity() {
    var other =
        new Ruleset(
            "other",
            Map.of("failed_login", 100_000),
            0,
            Micros.ONE,
            List.of(new Level("calm", 0), new Level("alarm", 150_000)),
            List.of());
    var story = new UserStory(ruleset("first"), rulesFrom(2_000, 0, other));
    story.accept(failedLogin("ann", "one", 1_000));
    assertThat(story.snapshot())
        .extracting("level", "top", "rulesVersion")
        .containsExactly("low", false, "first");
    story.accept(failedLogin("ann", "two", 2_000));
    assertThat(story.snapshot())
        .extracting("level", "top", "rulesVersion")
        .containsExactly("alarm", true, "other");
  }

  @Test
  void aWindowIsJudgedByTheRulesetInForceAtItsLastMillisecond() {
    var story =
        new UserStory(
            ruleset("old", onWindows("any", "1m/30s", "count > 0")),
            rulesFrom(60_000, 0, ruleset("new")));
    story.accept(purchase("ann", "one", 45_000));
    story.drain();
    assertThat(story.confirmed())
        .extracting(alert -> alert.getWindowStart().toEpochMilli() - START)
        .containsExactly(0L);
  }

  @Test
  void theEarliestTriggerIsConfirmedWhereARuleOfWindowsBecomesOneOfEventsWithinABucket() {
    var story =
        new UserStory(
            ruleset("old", onWindows("x", "1m/30s", "count > 0")),
            rulesFrom(60_000, 0, ruleset("new", onEvents("x", "true", "failed_login"))));
    story.accept(purchase("ann", "in a window", 10_000));
    story.accept(failedLogin("ann", "an event", 100_000));
    story.drain();
    assertThat(story.confirmed())
        .extracting(alert -> alert.getEventTime().toEpochMilli() - START, Alert::getRulesVersion)
        .containsExactly(tuple(29_999L, "old"));
  }

  @Test
  void aDisabledRuleIsNotJudgedFromItsCutOn() {
    var story =
        new UserStory(
            ruleset("r", onEvents("any", "true", "failed_login")),
            disabledFrom(COOL_DOWN, 0, "any"));
    story.accept(failedLogin("ann", "before", COOL_DOWN - 1));
    story.accept(failedLogin("ann", "after", COOL_DOWN));
    story.drain();
    assertThat(story.confirmed()).extracting(Alert::getEventId).containsExactly("before");
    assertThat(story.ledger()).hasSize(2);
  }

  @Test
  void whatARuleLooksAtIsKeptUntilTheEventIsFinal() {
    var condition =
        "event.session_id == 's' && event.value > 10.0 && event.properties['ip'] == '::1'";
    var story = new UserStory(ruleset("r", onEvents("x", condition, "purchase")));
    story.accept(
        new UserEvent(
            "e",
            "ann",
            "purchase",
            START + 1,
            "s",
            10_000_001L,
            Map.of("ip", "::1", "other", "?"),
            new Coordinates("events", 0, 0, START),
            false));
    story.drain();
    assertThat(story.confirmed()).extracting(Alert::getEventId).containsExactly("e");
  }

  @Test
  void theProfileIsTheNewestThatIsNotAfterTheEventAndNotTooOld() {
    var story = new UserStory(ruleset("r"));
    story.profile(5_000, Map.of("tier", "second"));
    story.profile(1_000, Map.of("tier", "first"));
    for (var at : new long[] {999, 1_000, 4_999, 5_000, 5_000 + DAY - 1, 5_000 + DAY}) {
      story.accept(failedLogin("ann", "at" + at, at));
    }
    story.drain();
    assertThat(story.ledger())
        .extracting(LedgerRow::getProfile)
        .containsExactly(
            null,
            Map.of("tier", "first"),
            Map.of("tier", "first"),
            Map.of("tier", "second"),
            Map.of("tier", "second"),
            null);
  }

  @Test
  void aProfileThatCameAfterTheEventCountsWhenItIsFinal() {
    var story =
        new UserStory(
            ruleset("r", onEvents("vip", "profile['tier'] == 'vip'", "failed_login")),
            dimensionFrom(0, 0, "desk", "tier", Map.of("vip", "desk-1")));
    story.accept(failedLogin("ann", "one", 2_000));
    assertThat(story.alerts()).isEmpty();
    story.profile(1_000, Map.of("tier", "vip"));
    story.drain();
    assertThat(story.confirmed())
        .extracting(Alert::getProfile, Alert::getDimensions)
        .containsExactly(tuple(Map.of("tier", "vip"), Map.of("desk", "desk-1")));
    assertThat(story.ledger().get(0).getDimensions()).isEqualTo(Map.of("desk", "desk-1"));
    assertThat(story.activity().get(0).getDimensions()).isEqualTo(Map.of("desk", "desk-1"));
  }

  @Test
  void aProfileBehindTheLineIsIgnored() {
    var story = new UserStory(ruleset("r"));
    story.finalizeBefore(5_000);
    assertThat(story.profile(4_999, Map.of("a", "b"))).isFalse();
    assertThat(story.profile(5_000, Map.of("a", "b"))).isTrue();
  }

  @Test
  void versionsOfAProfileAreDroppedOnceNothingCanAskForThem() {
    var story = new UserStory(ruleset("r"));
    story.profile(1_000, Map.of("v", "1"));
    story.profile(2_000, Map.of("v", "2"));
    story.profile(9_000, Map.of("v", "3"));
    assertThat(story.nextDue()).isEqualTo(1_999);
    story.finalizeBefore(2_000);
    assertThat(story.chunks.size()).isEqualTo(2);
    assertThat(story.nextDue()).isEqualTo(8_999);
    story.finalizeBefore(9_000);
    assertThat(story.nextDue()).isEqualTo(9_000 + DAY - 1);
    story.finalizeBefore(9_000 + DAY);
    assertThat(story.chunks.size()).isZero();
    assertThat(story.nextDue()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void anActivityRowSaysWhatTheUserDidInATumblingWindow() {
    var story = new UserStory(ruleset("r"));
    story.accept(purchase("ann", "one", 1_000));
    story.accept(failedLogin("ann", "two", 3_000));
    story.accept(event("ann", "three", "whatever", 2_000, 0, 0));
    story.finalizeBefore(COOL_DOWN - 1);
    assertThat(story.activity()).isEmpty();
    story.finalizeBefore(COOL_DOWN);
    var row = story.activity().get(0);
    assertThat(row.getCount()).isEqualTo(3);
    assertThat(row.getCounts()).isEqualTo(Map.of("purchase", 1L, "failed_login", 1L, "other", 1L));
    assertThat(row.getTypes()).containsExactly("failed_login", "other", "purchase");
    assertThat(row.getFirstEvent().toEpochMilli()).isEqualTo(START + 1_000);
    assertThat(row.getLastEvent().toEpochMilli()).isEqualTo(START + 3_000);
    assertThat(row.getRulesVersion()).isEqualTo("r");
    story.drain();
    assertThat(story.activity()).hasSize(1);
  }

  @Test
  void anErrorIsNotTrueAndIsObserved() {
    var outcomes = new ArrayList<RuleOutcome>();
    var story =
        new UserStory(
            (rules, id, outcome, time) -> outcomes.add(outcome),
            ruleset("r", onEvents("x", "event.properties['none'] == 'x'", "failed_login")));
    story.accept(failedLogin("ann", "one", 1_000));
    story.drain();
    assertThat(story.alerts()).isEmpty();
    assertThat(outcomes).containsExactly(RuleOutcome.ERROR, RuleOutcome.ERROR);
  }

  @Test
  void aTriggerThatCannotMatterIsNotJudged() {
    var judged = new ArrayList<Long>();
    var story =
        new UserStory(
            (rules, id, outcome, time) -> judged.add(time - START),
            ruleset("r", onEvents("any", "true", "failed_login")));
    for (var at = 1; at <= 100; at++) {
      story.accept(failedLogin("ann", "at" + at, at));
    }
    story.drain();
    assertThat(judged).containsExactly(1L, 1L);
  }

  @Test
  void whatWasRecordedGivesTheSameFinalResults() {
    var rules =
        ruleset(
            "r",
            onEvents("two", "score_after >= 0.2", "failed_login"),
            onWindows("burst", "5m/1m", "count > 3"));
    var streamed = new UserStory(rules);
    var recorded = new UserStory(rules);
    for (var index = 0; index < 20; index++) {
      var next = failedLogin("ann", "e" + index, (index * 7L % 20) * 1_000);
      streamed.accept(next);
      recorded.acceptRecorded(next);
    }
    streamed.drain();
    recorded.drain();
    assertThat(recorded.ledger()).isEqualTo(streamed.ledger()).hasSize(20);
    assertThat(recorded.activity()).isEqualTo(streamed.activity()).hasSize(1);
    assertThat(recorded.confirmed()).isEqualTo(streamed.confirmed()).hasSize(2);
  }
}
