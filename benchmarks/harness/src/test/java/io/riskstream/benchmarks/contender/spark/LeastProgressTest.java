package io.riskstream.benchmarks.contender.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeastProgressTest {
  @Test
  void isTheLeastOffsetOfEachPartition() {
    var least =
        LeastProgress.of(
            List.of(Map.of(0, 100L, 1, 90L), Map.of(0, 50L, 1, 95L), Map.of(0, 70L, 1, 99L)));

    assertThat(least).isEqualTo(Map.of(0, 50L, 1, 90L));
  }

  @Test
  void isNothingOfAPartitionThatOneHasNotBegun() {
    assertThat(LeastProgress.of(List.of(Map.of(0, 100L, 1, 90L), Map.of(1, 10L))))
        .isEqualTo(Map.of(1, 10L));
    assertThat(LeastProgress.of(List.of(Map.of(0, 100L), Map.of()))).isEmpty();
  }
}
