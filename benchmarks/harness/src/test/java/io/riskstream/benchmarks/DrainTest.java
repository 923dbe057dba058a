package io.riskstream.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainTest {
  private static final Drain.Enough ENOUGH =
      new Drain.Enough(3000, Duration.ofSeconds(100), Duration.ofSeconds(420));

  @Test
  void aFastContenderIsLookedAtForTheLeastTime() {
    assertThat(ENOUGH.isReached(9000, 99.9)).isFalse();
    assertThat(ENOUGH.isReached(9000, 100)).isTrue();
  }

  @Test
  void aSlowOneUntilItHasDrainedSoManyOrForTheLongestTime() {
    assertThat(ENOUGH.isReached(2999, 419.9)).isFalse();
    assertThat(ENOUGH.isReached(3000, 300)).isTrue();
    assertThat(ENOUGH.isReached(10, 420)).isTrue();
  }

  @Test
  void noneBeforeItsFirstCommit() {
    assertThat(ENOUGH.isReached(0, Double.NEGATIVE_INFINITY)).isFalse();
  }
}
