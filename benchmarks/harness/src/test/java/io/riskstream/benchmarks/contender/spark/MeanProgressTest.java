package io.riskstream.benchmarks.contender.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeanProgressTest {
  @Test
  void isTheMeanOffsetOfEachPartition() {
    var mean =
        MeanProgress.of(
            List.of(Map.of(0, 100L, 1, 90L), Map.of(0, 50L, 1, 93L), Map.of(0, 72L, 1, 99L)));

    assertThat(mean).isEqualTo(Map.of(0, 74L, 1, 94L));
  }

  @Test
  void countsAPartitionThatOneHasNotBegunAsItsBegin() {
    assertThat(MeanProgress.of(List.of(Map.of(0, 100L, 1, 90L), Map.of(1, 10L))))
        .isEqualTo(Map.of(0, 50L, 1, 50L));
    assertThat(MeanProgress.of(List.of(Map.of(), Map.of()))).isEmpty();
  }

  @Test
  void isTheEndOnlyOnceAllAreThere() {
    assertThat(MeanProgress.of(List.of(Map.of(0, 10L), Map.of(0, 9L), Map.of(0, 10L))))
        .isEqualTo(Map.of(0, 9L));
  }
}
