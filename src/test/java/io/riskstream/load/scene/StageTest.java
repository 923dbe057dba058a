package io.riskstream.load.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.load.scene.Stage.Act;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scenes come to, by a fold of two lines that knows nothing of the pipeline. */
class StageTest {
  private static final long START_MILLIS = 1_767_225_600_000L;
  private static final int HIGH = 80;

  /** From all at once to one event in two seconds, so that rates of all kinds are in between. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 7, 50, 2_000})
  void theWaveringReachesTheHighLevelInArrivalOrderAndNeverInEventTimeOrder(long millisBetween) {
    var acts = of(Scene.WAVERING, play(1_000, millisBetween));
    assertThat(acts).hasSizeGreaterThan(5 * 9);

    for (var user : users(acts)) {
      var arrived = acts.stream().filter(act -> act.userId().equals(user)).toList();
      if (arrived.size() < 9) {
        continue; // the last one was cut off
      }
      var inOrder = arrived.stream().sorted(Comparator.comparing(Act::timestampMillis)).toList();

      assertThat(highestWhileArriving(arrived)).isEqualTo(HIGH);
      assertThat(highest(inOrder)).isLessThan(HIGH);
    }
  }

  @Test
  void theSuccessfulLoginIsUrgentAndNothingElseIs() {
    var stage = new Stage("x-");
    for (var i = 0; i < 1_000; i++) {
      var urgent = stage.isUrgent();
      var act = stage.next(START_MILLIS + i);

      assertThat(urgent).isEqualTo(act.eventType().equals("successful_login"));
    }
  }

  @Test
  void noTimestampOfAUserComesTwiceAmongLogins() {
    var logins = of(Scene.WAVERING, play(1_000, 0));

    assertThat(logins.stream().map(act -> act.userId() + act.timestampMillis()))
        .doesNotHaveDuplicates();
    assertThat(logins)
        .allSatisfy(
            act -> assertThat(act.timestampMillis()).isBetween(START_MILLIS - 250, START_MILLIS));
  }

  @Test
  void manyTypesAreMoreThanFiveWithAFailedLogin() {
    var acts = of(Scene.MANY_TYPES, play(400, 10));
    var first = acts.stream().filter(act -> act.userId().equals(acts.get(0).userId())).toList();

    assertThat(first.stream().map(Act::eventType).distinct())
        .hasSizeGreaterThan(5)
        .contains("failed_login");
  }

  @Test
  void aBurstIsMoreThanAHundredEventsOfOneUser() {
    var acts = of(Scene.BURST, play(400, 10));

    assertThat(acts.stream().filter(act -> act.userId().equals(acts.get(0).userId())))
        .hasSizeGreaterThan(100);
  }

  @Test
  void eachSceneHasAUserOfItsOwn() {
    var acts = play(1_000, 1);
    var changes = new HashSet<String>();
    for (var i = 0; i < acts.size(); i++) {
      if (i == 0 || !acts.get(i).userId().equals(acts.get(i - 1).userId())) {
        assertThat(changes.add(acts.get(i).userId())).isTrue();
      }
    }
    assertThat(changes).hasSizeGreaterThan(20).allSatisfy(user -> assertThat(user).contains("-x-"));
  }

  /** All events so far are folded anew at each arrival, as the provisional score is. */
  private static int highestWhileArriving(List<Act> arrived) {
    var known = new ArrayList<Act>();
    var highest = 0;
    for (var act : arrived) {
      known.add(act);
      known.sort(Comparator.comparing(Act::timestampMillis));
      highest = Math.max(highest, fold(known).get(known.indexOf(act)));
    }
    return highest;
  }

  private static int highest(List<Act> inOrder) {
    return fold(inOrder).stream().max(Integer::compare).orElseThrow();
  }

  /** Returns the score after each event, in hundredths, by the weights of default-1. */
  private static List<Integer> fold(List<Act> inOrder) {
    var scores = new ArrayList<Integer>();
    var score = 0;
    for (var act : inOrder) {
      var weight = act.eventType().equals("failed_login") ? 10 : -5;
      score = Math.min(100, Math.max(0, score + weight));
      scores.add(score);
    }
    return scores;
  }

  private static List<Act> play(int count, long millisBetween) {
    var stage = new Stage("x-");
    var acts = new ArrayList<Act>();
    for (var i = 0; i < count; i++) {
      acts.add(stage.next(START_MILLIS + i * millisBetween));
    }
    return acts;
  }

  private static List<Act> of(Scene scene, List<Act> acts) {
    return acts.stream().filter(act -> act.scene() == scene).toList();
  }

  private static List<String> users(List<Act> acts) {
    return acts.stream().map(Act::userId).distinct().collect(Collectors.toList());
  }
}
