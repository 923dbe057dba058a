package io.riskstream.risk;

import static io.riskstream.model.AlertStatus.amended;
import static io.riskstream.model.AlertStatus.confirmed;
import static io.riskstream.model.AlertStatus.raised;
import static io.riskstream.model.AlertStatus.withdrawn;
import static io.riskstream.testkit.Events.START;
import static io.riskstream.testkit.Events.event;
import static io.riskstream.testkit.Events.failedLogin;
import static io.riskstream.testkit.Events.purchase;
import static io.riskstream.testkit.TestRules.COOL_DOWN;
import static io.riskstream.testkit.TestRules.onEvents;
import static io.riskstream.testkit.TestRules.onWindows;
import static io.riskstream.testkit.TestRules.ruleset;
import static io.riskstream.testkit.TestRules.shadow;
import static io.riskstream.testkit.TestRules.suppressed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.riskstream.model.Alert;
import io.riskstream.model.Contribution;
import io.riskstream.model.Micros;
import io.riskstream.model.RuleDefinition;
import io.riskstream.testkit.UserStory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The steps of an alert's life; a cool-down bucket begins at the start. */
final class AlertLifeTest {
  private static final RuleDefinition TWO_TENTHS =
      onEvents("two-tenths", "score_after >= 0.2", "failed_login");

  private final UserStory ann = new UserStory(ruleset("r", TWO_TENTHS));

  @Test
  void isRaisedOnceAndConfirmedWhenItsBucketIsFinal() {
    failAt(1_000, 2_000, 3_000);
    ann.finalizeBefore(COOL_DOWN - 1);
    assertThat(ann.alerts())
        .extracting(Alert::getStatus, Alert::getRevision, Alert::getEventId, Alert::getFinal$)
        .containsExactly(tuple(raised, 0, "at2000", false));
    ann.finalizeBefore(COOL_DOWN);
    assertThat(ann.alerts())
        .extracting(Alert::getStatus, Alert::getRevision, Alert::getEventId, Alert::getFinal$)
        .containsExactly(tuple(raised, 0, "at2000", false), tuple(confirmed, 1, "at2000", true));
    assertThat(ann.chunks.size()).isZero();
  }

  @Test
  void isAmendedByAnEarlierTriggerAndNotByALaterOne() {
    failAt(1_000, 5_000, 6_000);
    failAt(3_000);
    assertThat(steps()).containsExactly(tuple(raised, 0, "at5000"), tuple(amended, 1, "at3000"));
    ann.drain();
    assertThat(steps()).last().isEqualTo(tuple(confirmed, 2, "at3000"));
  }

  @Test
  void ofTwoTriggersOfOneTimeTheOneOfTheLesserIdIsTheEarlier() {
    failAt(1_000);
    ann.accept(failedLogin("ann", "b", 2_000));
    ann.accept(failedLogin("ann", "a", 2_000));
    ann.drain();
    assertThat(steps())
        .containsExactly(tuple(raised, 0, "b"), tuple(amended, 1, "a"), tuple(confirmed, 2, "a"));
  }

  @Test
  void isAmendedAtFinalityWhenTheFirstFinalTriggerIsAnother() {
    failAt(2_000, 5_000);
    ann.accept(event("ann", "good", "successful_login", 3_000, 0, 0));
    failAt(6_000);
    ann.finalizeBefore(10_000);
    assertThat(steps()).containsExactly(tuple(raised, 0, "at5000"), tuple(amended, 1, "at6000"));
    assertThat(ann.alerts().get(1).getFinal$()).isTrue();
    ann.drain();
    assertThat(steps()).last().isEqualTo(tuple(confirmed, 2, "at6000"));
  }

  @Test
  void isWithdrawnIfNoTriggerIsFinalAndSaysWhatItSaidLast() {
    failAt(2_000, 5_000);
    ann.accept(event("ann", "good", "successful_login", 3_000, 0, 0));
    ann.drain();
    assertThat(steps()).containsExactly(tuple(raised, 0, "at5000"), tuple(withdrawn, 1, "at5000"));
    var said = ann.alerts().get(0);
    assertThat(ann.alerts().get(1))
        .isEqualTo(
            Alert.newBuilder(said).setStatus(withdrawn).setRevision(1).setFinal$(true).build());
  }

  @Test
  void isRaisedAtFinalityIfNothingWasSeenBefore() {
    failAt(2_000);
    failAt(1_000);
    assertThat(ann.alerts()).isEmpty();
    ann.finalizeBefore(10_000);
    assertThat(steps()).containsExactly(tuple(raised, 0, "at2000"));
    assertThat(ann.alerts().get(0).getFinal$()).isTrue();
  }

  @Test
  void confirmsTheScoreAndContributionsThatAreExact() {
    failAt(2_000, 3_000);
    assertThat(ann.alerts().get(0).getContributions())
        .containsExactly(new Contribution("failed_login", 2L, Micros.toDecimal(200_000)));
    failAt(1_000);
    failAt(2_500);
    ann.accept(event("ann", "good", "successful_login", 2_700, 0, 0));
    ann.drain();
    var confirmedAlert = ann.confirmed().get(0);
    assertThat(confirmedAlert.getEventId()).isEqualTo("at2000");
    assertThat(confirmedAlert.getScoreBefore()).isEqualByComparingTo("0.1");
    assertThat(confirmedAlert.getScore()).isEqualByComparingTo("0.2");
    assertThat(confirmedAlert.getContributions())
        .containsExactly(new Contribution("failed_login", 2L, Micros.toDecimal(200_000)));
  }

  @Test
  void contributionsBeginAnewWhereTheScoreIsZeroAndSumToTheScore() {
    var story = new UserStory(ruleset("r", onEvents("x", "score_after >= 0.25", "failed_login")));
    story.accept(failedLogin("ann", "a", 1));
    for (var index = 0; index < 3; index++) {
      story.accept(event("ann", "good" + index, "successful_login", 2 + index, 0, 0));
    }
    story.accept(failedLogin("ann", "b", 10));
    story.accept(event("ann", "good", "successful_login", 11, 0, 0));
    story.accept(failedLogin("ann", "c", 12));
    story.accept(failedLogin("ann", "d", 13));
    story.drain();
    var contributions = story.confirmed().get(0).getContributions();
    assertThat(contributions)
        .containsExactly(
            new Contribution("failed_login", 3L, Micros.toDecimal(300_000)),
            new Contribution("successful_login", 1L, Micros.toDecimal(-50_000)));
    assertThat(contributions).isEqualTo(story.alerts().get(0).getContributions());
  }

  @Test
  void aShadowRuleHasALifeOfItsOwnBesideTheDeliveredOne() throws Exception {
    var story = new UserStory(ruleset("r", TWO_TENTHS, shadow(rename(TWO_TENTHS, "dark"))));
    story.accept(failedLogin("ann", "a", 1_000));
    story.accept(failedLogin("ann", "b", 2_000));
    story.drain();
    assertThat(story.confirmed())
        .extracting(Alert::getMode, Alert::getAlertId)
        .containsExactlyInAnyOrder(
            tuple("deliver", id("ann\0two-tenths\0" + START + "\0" + (START + COOL_DOWN))),
            tuple("shadow", id("ann\0dark\0" + START + "\0" + (START + COOL_DOWN) + "\0shadow")));
  }

  @Test
  void aSuppressedTriggerIsPassedOverAndTheNextOneIsNot() {
    var story =
        new UserStory(ruleset("r", TWO_TENTHS), suppressed(0, null, "two-tenths", 2_000, 4_000));
    for (var at : new int[] {1_000, 2_000, 3_000, 4_000}) {
      story.accept(failedLogin("ann", "at" + at, at));
    }
    story.drain();
    assertThat(story.alerts())
        .extracting(Alert::getStatus, Alert::getEventId)
        .containsExactly(tuple(raised, "at4000"), tuple(confirmed, "at4000"));
  }

  @Test
  void aSuppressionOfAnotherUserOrRuleChangesNothing() {
    var story =
        new UserStory(
            ruleset("r", TWO_TENTHS),
            suppressed(0, "bob", "two-tenths", 0, COOL_DOWN),
            suppressed(1, "ann", "other", 0, COOL_DOWN));
    story.accept(failedLogin("ann", "a", 1_000));
    story.accept(failedLogin("ann", "b", 2_000));
    assertThat(story.alerts()).hasSize(1);
  }

  @Test
  void aWindowIsSeenAtTheArrivalThatMakesItATriggerAndConfirmedWithAllItsEvents() {
    var story = new UserStory(ruleset("r", onWindows("burst", "1m/30s", "count > 2")));
    for (var index = 0; index < 3; index++) {
      story.accept(purchase("ann", "e" + index, 40_000 + index));
    }
    // Both windows hold all three; the first one ends first, and the other changes nothing then.
    assertThat(story.alerts())
        .extracting(Alert::getStatus, alert -> alert.getWindowStart().toEpochMilli() - START)
        .containsExactly(tuple(raised, 0L));
    story.accept(purchase("ann", "more", 59_000));
    story.drain();
    var alert = story.confirmed().get(0);
    assertThat(alert.getKind()).isEqualTo("window");
    assertThat(alert.getEventId()).isNull();
    assertThat(alert.getEventTime()).isEqualTo(Instant.ofEpochMilli(START + 59_999));
    assertThat(alert.getWindow()).isEqualTo("1m/30s");
    assertThat(alert.getCounts()).isEqualTo(Map.of("purchase", 4L));
    assertThat(alert.getSessionStart()).isEqualTo(Instant.ofEpochMilli(START + 40_000));
    assertThat(alert.getSessionEnd()).isEqualTo(Instant.ofEpochMilli(START + 59_000));
  }

  @Test
  void anAlertIsDueWhenItsBucketEndsAndTheStateThenIsWhatItWasBefore() {
    failAt(1_000);
    ann.finalizeBefore(COOL_DOWN);
    var quiet = ann.headBytes();
    failAt((int) COOL_DOWN + 1_000);
    assertThat(ann.nextDue()).isEqualTo(COOL_DOWN + 1_000);
    ann.finalizeBefore(COOL_DOWN + 2_000);
    assertThat(ann.nextDue()).isEqualTo(2 * COOL_DOWN - 1);
    ann.finalizeBefore(2 * COOL_DOWN);
    assertThat(ann.nextDue()).isEqualTo(Long.MAX_VALUE);
    assertThat(ann.confirmed()).hasSize(1);
    assertThat(ann.headBytes()).isBetween(quiet - 4, quiet + 4);
  }

  private void failAt(int... millisAfterStart) {
    for (var at : millisAfterStart) {
      ann.accept(failedLogin("ann", "at" + at, at));
    }
  }

  private java.util.List<org.assertj.core.groups.Tuple> steps() {
    return ann.alerts().stream()
        .map(step -> tuple(step.getStatus(), step.getRevision(), step.getEventId()))
        .toList();
  }

  private static RuleDefinition rename(RuleDefinition rule, String id) {
    return onEvents(id, rule.condition(), rule.on().toArray(String[]::new));
  }

  private static String id(String named) throws Exception {
    var digest =
        MessageDigest.getInstance("SHA-256").digest(named.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, 16);
  }
}
