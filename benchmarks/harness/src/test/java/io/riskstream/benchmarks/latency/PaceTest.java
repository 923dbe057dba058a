package io.riskstream.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.riskstream.benchmarks.measure.Progress;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps of a job's progress, looked at each half second. */
class PaceTest {
  private static final long LOOK_NANOS = 500_000_000;

  @Test
  void itIsThatBetweenTheFirstAndTheLastStepBehindTheWarmUp() throws Exception {
    // The warm-up is over at 1 s; steps at 1.5, 2.5 and 3.5 s, and none more.
    var pace = looked(2 * LOOK_NANOS, List.of(0L, 700L, 700L, 1000L, 1000L, 2000L, 2000L, 4000L));
    assertThat(pace.eventsPerSecond()).isEqualTo(1500, within(0.001));

    var stands =
        looked(2 * LOOK_NANOS, List.of(0L, 0L, 0L, 1000L, 1000L, 2000L, 2000L, 2000L, 2000L));
    assertThat(stands.eventsPerSecond()).isEqualTo(1000, within(0.001));
  }

  @Test
  void whatWasThereWhenTheWarmUpEndedIsNoStep() throws Exception {
    var pace = looked(2 * LOOK_NANOS, List.of(0L, 700L, 700L, 700L, 1000L));

    assertThatThrownBy(pace::eventsPerSecond)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("commits next to nothing");
  }

  private static Pace looked(long fromNanos, List<Long> records) throws Exception {
    var left = new ArrayDeque<>(records);
    var clock = new long[] {-LOOK_NANOS};
    var pace =
        new Pace(() -> new Progress(left.remove(), 0), () -> clock[0] += LOOK_NANOS, fromNanos);
    while (!left.isEmpty()) {
      pace.look();
    }
    return pace;
  }
}
