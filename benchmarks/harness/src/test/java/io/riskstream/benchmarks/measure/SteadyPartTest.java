package io.riskstream.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SteadyPartTest {
  private static final long RECORDS = 1000;

  /** Slow at first, then 100 records a second for a CPU-second of each two, and a slow end. */
  private static final List<Sample> CURVE =
      List.of(
          new Sample(1, 0, 3, 0),
          new Sample(10, 100, 13, 1),
          new Sample(12, 300, 15, 2),
          new Sample(13, 300, 15.4, 2.1),
          new Sample(14, 500, 16, 2.5),
          new Sample(18, 900, 18, 3.5),
          new Sample(30, 980, 20, 4),
          new Sample(60, RECORDS, 30, 9));

  @Test
  void leavesOutWarmUpAndEnd() {
    var steady = SteadyPart.of(CURVE, RECORDS);

    assertThat(steady.isWhole()).isFalse();
    assertThat(steady.from().position()).isEqualTo(300);
    assertThat(steady.to().position()).isEqualTo(900);
    assertThat(steady.eventsPerSecond()).isEqualTo(100);
    assertThat(steady.eventsPerCpuSecond()).isEqualTo(200);
    assertThat(steady.serverCpuShare()).isEqualTo(0.5);
  }

  @Test
  void beginsWhereTheProgressMovedAndNotWhereItStood() {
    var steady = SteadyPart.of(CURVE, RECORDS);

    assertThat(steady.from().seconds()).isEqualTo(12);
    assertThat(SteadyPart.steps(CURVE)).extracting(Sample::seconds).doesNotContain(1.0, 13.0);
  }

  @Test
  void isTheWholeRunWhereThereAreTooFewSteps() {
    var steady =
        SteadyPart.of(
            List.of(new Sample(1, 0, 1, 0), new Sample(2, 500, 3, 0), new Sample(4, 1000, 5, 0)),
            RECORDS);

    assertThat(steady.isWhole()).isTrue();
    assertThat(steady.eventsPerSecond()).isEqualTo(250);
    assertThat(steady.eventsPerCpuSecond()).isEqualTo(200);
  }

  @Test
  void refusesACurveWithoutProgress() {
    assertThatThrownBy(() -> SteadyPart.of(List.of(new Sample(1, 0, 1, 0)), RECORDS))
        .hasMessageContaining("without progress");
  }
}
