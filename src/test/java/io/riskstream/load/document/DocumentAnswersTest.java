package io.riskstream.load.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.load.LoadSettings;
import io.riskstream.load.LoadShares;
import io.riskstream.load.PlannedRecord;
import io.riskstream.model.ControlRecord;
import io.riskstream.model.Coordinates;
import io.riskstream.model.Dimension;
import io.riskstream.model.RulesetDocument;
import io.riskstream.rules.RulesFixture;
import io.riskstream.rules.document.Answer;
import io.riskstream.rules.document.DocumentGate;
import io.riskstream.rules.document.TableFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The load's documents before the gate that they are made for. */
class DocumentAnswersTest {
  private static final long START_MILLIS = 1_767_225_600_000L;
  private static final Duration SKEW = Duration.ofSeconds(5);
  private static final Duration GUARD = Duration.ofSeconds(2);
  private static final int RUN_SECONDS = 60;
  private static final double RATE = 1_000;

  private final List<Answer.Accepted> accepted = new ArrayList<>();
  private final List<Answer.Refused> refused = new ArrayList<>();

  @BeforeEach
  void judgeAll() throws IOException {
    var gate =
        new DocumentGate(
            new DocumentGate.Settings(SKEW.toMillis(), GUARD.toMillis()),
            RulesFixture.compiler(),
            TableFiles.NONE);
    var plan = new DocumentPlan(settings(), SKEW.plus(GUARD));
    for (var offset = 0L; plan.hasNext(); offset++) {
      note(plan.next(), offset, gate);
    }
  }

  @Test
  void allCutsOfThoseAcceptedFallIntoTheRun() {
    assertThat(accepted).hasSize(7);
    assertThat(accepted.get(0).gated().document()).isInstanceOf(Dimension.class);
    for (var answer : accepted) {
      assertThat(answer.gated().cutMillis())
          .isBetween(START_MILLIS, START_MILLIS + RUN_SECONDS * 1_000L);
    }
  }

  @Test
  void bothRulesetsTakeEffectAndOnlyTheWishThatCameTooLateIsMoved() {
    var rulesets =
        accepted.stream()
            .filter(answer -> answer.gated().document() instanceof RulesetDocument)
            .toList();
    var first = (RulesetDocument) rulesets.get(0).gated().document();

    assertThat(rulesets).hasSize(2);
    assertThat(first.ruleset().version()).isEqualTo(DocumentPlan.firstRulesVersion(settings()));
    assertThat(rulesets.get(0).gated().cutMillis()).isEqualTo(START_MILLIS + 12_000 + 7_000);
    assertThat(rulesets.get(1).gated().cutMillis()).isEqualTo(START_MILLIS + 33_000 + 9_000);
    assertThat(accepted.stream().filter(Answer.Accepted::moved)).hasSize(1);
  }

  @Test
  void theWrongTypeIsRefusedWithItsPlaceAndTheTakenIdentityForItsContent() {
    assertThat(refused).hasSize(2);
    assertThat(refused.get(0).line()).isPositive();
    assertThat(refused.get(0).column()).isPositive();
    assertThat(refused.get(0).reason()).contains("high-score");
    assertThat(refused.get(1).reason()).contains("content");
  }

  private void note(PlannedRecord record, long offset, DocumentGate gate) throws IOException {
    var brokerMillis = START_MILLIS + record.sendOffsetNanos() / 1_000_000;
    var answer =
        gate.judge(
            new ControlRecord(new Coordinates("control", 0, offset, brokerMillis), record.value()));
    switch (record.kind()) {
      case DOCUMENT -> {
        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        accepted.add((Answer.Accepted) answer);
      }
      case DOCUMENT_REPEATED -> assertThat(answer).isInstanceOf(Answer.Repeated.class);
      case DOCUMENT_REFUSED -> {
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        refused.add((Answer.Refused) answer);
      }
      default -> throw new AssertionError(record.kind());
    }
  }

  private static LoadSettings settings() {
    return new LoadSettings(
        RATE,
        LoadSettings.countFor(Duration.ofSeconds(RUN_SECONDS), RATE),
        10_000,
        1.0,
        1,
        START_MILLIS,
        Duration.ofSeconds(2),
        Duration.ofSeconds(3),
        LoadShares.DEFAULT);
  }
}
