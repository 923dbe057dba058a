package io.riskstream.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RulesetTest {
  private final Ruleset rules = Ruleset.defaults();

  @Test
  void aLevelBeginsAtItsLeastScore() {
    assertThat(
            IntStream.of(0, 299_999, 300_000, 799_999, 800_000, 1_000_000).mapToObj(rules::levelOf))
        .containsExactly("low", "low", "medium", "medium", "high", "high");
  }

  @Test
  void whatIsNoScoreHasNoLevel() {
    for (var noScore : new int[] {-1, 1_000_001}) {
      assertThatThrownBy(() -> rules.levelOf(noScore)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void bucketsAreMultiplesOfTheCoolDownRoundedDownEvenBefore1970() {
    assertThat(rules.bucketStart(0)).isZero();
    assertThat(rules.bucketStart(599_999)).isZero();
    assertThat(rules.bucketStart(600_000)).isEqualTo(600_000);
    assertThat(rules.bucketStart(-1)).isEqualTo(-600_000);
  }
}
