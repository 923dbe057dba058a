package io.riskstream.rules.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.RuleDisabled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private static final long INITIAL = -1;
  private static final BreakerLimits LIMITS = new BreakerLimits(2, 3, 1_000);
  private final Breaker breaker = new Breaker(LIMITS);

  @Test
  void stopsARuleOnceItHasMoreErrorsThanAllowedInTheInterval() {
    assertThat(breaker.error("r", INITIAL, 0)).isEmpty();
    assertThat(breaker.error("r", INITIAL, 1)).isEmpty();
    var stopped = breaker.error("r", INITIAL, 999).orElseThrow();

    assertThat(stopped.ruleId()).isEqualTo("r");
    assertThat(stopped.id()).isEqualTo("breaker:r");
    assertThat(stopped.version()).isZero();
    assertThat(stopped.effectiveFromMillis()).isNull();
    assertThat(stopped.reason()).contains("rules.breaker");
    assertThat(breaker.error("r", INITIAL, 1_000)).isEmpty();
    assertThat(errors(10)).isEmpty();
  }

  @Test
  void stopsARuleOnceItHasMoreTriggersThanAllowedInTheInterval() {
    assertThat(triggers(3)).isEmpty();
    assertThat(triggers(3)).hasSize(1);
  }

  @Test
  void errorsTriggersAndRulesAreCountedApart() {
    assertThat(errors(2)).isEmpty();
    assertThat(triggers(3)).isEmpty();
    assertThat(breaker.error("other", INITIAL, 0)).isEmpty();
    assertThat(breaker.error("other", INITIAL, 0)).isEmpty();
  }

  @Test
  void forgetsWhatIsOlderThanTheInterval() {
    for (var now = 0L; now < 100_000; now += 500) {
      assertThat(breaker.error("r", INITIAL, now)).isEmpty();
    }
  }

  @Test
  void clockThatIsSetBackBeginsANewInterval() {
    assertThat(breaker.error("r", INITIAL, 5_000)).isEmpty();
    assertThat(breaker.error("r", INITIAL, 5_000)).isEmpty();
    assertThat(breaker.error("r", INITIAL, 0)).isEmpty();
    assertThat(breaker.error("r", INITIAL, 0)).isEmpty();
    assertThat(breaker.error("r", INITIAL, 0)).isPresent();
  }

  @Test
  void tasksGiveOutOneAndTheSameDocumentWhateverTheyCounted() {
    var ofErrors = errors(3);
    var otherTask = new Breaker(LIMITS);
    var ofTriggers = new ArrayList<RuleDisabled>();
    for (var i = 0; i < 4; i++) {
      otherTask.trigger("r", INITIAL, 77).ifPresent(ofTriggers::add);
    }

    assertThat(ofTriggers).hasSize(1).isEqualTo(ofErrors);
  }

  @Test
  void ruleOfANewRulesetIsStoppedByANewDocument() {
    assertThat(errors(3)).hasSize(1);
    Optional<RuleDisabled> stopped = Optional.empty();
    for (var i = 0; i < 3; i++) {
      stopped = breaker.error("r", 41, 0);
    }

    assertThat(stopped).map(RuleDisabled::version).contains(42);
    assertThat(breaker.error("r", 41, 0)).isEmpty();
  }

  @Test
  void limitOfZeroStopsNothing() {
    var never = new Breaker(new BreakerLimits(0, 0, 1_000));
    for (var i = 0; i < 1_000; i++) {
      assertThat(never.error("r", INITIAL, 0)).isEmpty();
      assertThat(never.trigger("r", INITIAL, 0)).isEmpty();
    }
  }

  private List<RuleDisabled> errors(int number) {
    var documents = new ArrayList<RuleDisabled>();
    for (var i = 0; i < number; i++) {
      breaker.error("r", INITIAL, 0).ifPresent(documents::add);
    }
    return documents;
  }

  private List<RuleDisabled> triggers(int number) {
    var documents = new ArrayList<RuleDisabled>();
    for (var i = 0; i < number; i++) {
      breaker.trigger("r", INITIAL, 0).ifPresent(documents::add);
    }
    return documents;
  }
}
