package io.riskstream.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SteadyPartTest {
  private static final long RECORDS = 1000;

  /** Slow at first, then 100 records a second for a CPU-second of each two, and a slow end. */
  private static final List<Sample> CURVE =
      List.of(
          sample(1, 0, 0, 3, 0),
          sample(10, 300, 0.3, 13, 1),
          sample(12, 600, 0.6, 15, 2),
          sample(13, 600, 0.6, 15.4, 2.1),
          sample(14, 700, 0.7, 16, 2.5),
          sample(18, 900, 0.94, 18, 3.5),
          sample(30, 940, 0.98, 20, 4),
          sample(60, RECORDS, 1, 30, 9));

  @Test
  void leavesOutWarmUpAndEnd() {
    var steady = SteadyPart.of(CURVE, RECORDS, 0.6);

    assertThat(steady.isWhole()).isFalse();
    assertThat(steady.from().position()).isEqualTo(600);
    assertThat(steady.to().position()).isEqualTo(900);
    assertThat(steady.eventsPerSecond()).isEqualTo(50);
    assertThat(steady.eventsPerCpuSecond()).isEqualTo(100);
    assertThat(steady.serverCpuShare()).isEqualTo(0.5);
  }

  @Test
  void aShorterWarmUpLeavesOutLess() {
    var steady = SteadyPart.of(CURVE, RECORDS, 0.2);

    assertThat(steady.from().position()).isEqualTo(300);
    assertThat(steady.to().position()).isEqualTo(900);
  }

  @Test
  void beginsWhereTheProgressMovedAndNotWhereItStood() {
    var steady = SteadyPart.of(CURVE, RECORDS, 0.6);

    assertThat(steady.from().seconds()).isEqualTo(12);
    assertThat(SteadyPart.steps(CURVE)).extracting(Sample::seconds).doesNotContain(1.0, 13.0);
  }

  @Test
  void isTheWholeRunWhereThereAreTooFewSteps() {
    var steady =
        SteadyPart.of(
            List.of(sample(1, 0, 0, 1, 0), sample(2, 500, 0.5, 3, 0), sample(4, 1000, 1, 5, 0)),
            RECORDS,
            0.6);

    assertThat(steady.isWhole()).isTrue();
    assertThat(steady.eventsPerSecond()).isEqualTo(250);
    assertThat(steady.eventsPerCpuSecond()).isEqualTo(200);
  }

  @Test
  void isTheWholeRunWhereItsStepsAreNearToEachOther() {
    var steady =
        SteadyPart.of(
            List.of(
                sample(2, 650, 0.6, 3, 0), sample(2.1, 700, 0.7, 3.1, 0), sample(4, 1000, 1, 5, 0)),
            RECORDS,
            0.6);

    assertThat(steady.isWhole()).isTrue();
  }

  @Test
  void isTheWholeRunWhereItStoodStillAtTheEnd() {
    var looks = new ArrayList<>(CURVE.subList(0, CURVE.size() - 1));
    var last = looks.get(looks.size() - 1);
    looks.add(
        new Sample(
            last.seconds() + 60, last.progress(), last.cpuSeconds(), 4, Control.Reading.NONE));

    var steady = SteadyPart.of(looks, last.position(), 0.6);

    assertThat(steady.isWhole()).isTrue();
    assertThat(steady.to()).isEqualTo(looks.get(looks.size() - 1));
  }

  @Test
  void refusesACurveWithoutProgress() {
    assertThatThrownBy(() -> SteadyPart.of(List.of(sample(1, 0, 0, 1, 0)), RECORDS, 0))
        .hasMessageContaining("without progress");
  }

  private static Sample sample(
      double seconds, long records, double furthest, double cpu, double serverCpu) {
    return new Sample(
        seconds, new Progress(records, furthest), cpu, serverCpu, Control.Reading.NONE);
  }
}
