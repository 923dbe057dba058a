package io.riskstream.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.riskstream.benchmarks.check.Judgement;
import io.riskstream.benchmarks.contender.Contender.Role;
import io.riskstream.benchmarks.measure.Control;
import io.riskstream.benchmarks.measure.Progress;
import io.riskstream.benchmarks.measure.Repetition;
import io.riskstream.benchmarks.measure.Sample;
import io.riskstream.benchmarks.measure.SteadyPart;
import io.riskstream.benchmarks.workload.Workload;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CostModelTest {
  @Test
  void costGrowsWithTheMagnitudeOfUsers() {
    var model =
        CostModel.of(
            List.of(
                report("uniform", 100_000, 1e6 / 100, 0),
                report("hot-user", 100_000, 1, 0),
                report("ten-million-users", 10_000_000, 1e6 / 140, 0),
                report("million-users", 1_000_000, 1e6 / 120, 0)));

    assertThat(model.slope()).isEqualTo(20, within(1e-6));
    assertThat(model.cpuMicros(1e5)).isEqualTo(100, within(1e-6));
    assertThat(model.cpuMicros(1e8)).isEqualTo(160, within(1e-6));
    // 115,741 events a second, of 140 µs each
    assertThat(model.cores(1e7, 10e9)).isEqualTo(16.204, within(0.001));
    // and no core busier than 60 %
    assertThat(printed(model)).containsPattern("10,000,000 +140\\.0 +1\\.62 +28\\n");
  }

  @Test
  void withoutMoreUsersThereIsNoLaw() {
    assertThat(printed(CostModel.of(List.of(report("uniform", 100_000, 1e4, 0.25)))))
        .contains("100.0 CPU-µs for an event, growth with users not measured; Redis beside it 25.0")
        .doesNotContain("1,000,000");
    assertThat(printed(CostModel.of(List.of()))).isEmpty();
  }

  @Test
  void noiseIsNoLawThatMakesUsersCheap() {
    var model =
        CostModel.of(
            List.of(
                report("uniform", 100_000, 1e6 / 104, 0),
                report("million-users", 1_000_000, 1e6 / 100, 0)));

    assertThat(printed(model)).contains("102.0 CPU-µs for an event, no growth with users");
    assertThat(model.cpuMicros(1e12)).isEqualTo(102, within(1e-6));
  }

  /** A second of the contender and, at its end, of its processor. */
  private static CaseReport report(String name, int users, double events, double redisShare) {
    var looks = new ArrayList<Sample>();
    for (var step = 0; step <= 4; step++) {
      var records = Math.round(1e6 * step * events / 4);
      var seconds = step * 1e6 / 4;
      looks.add(
          new Sample(
              seconds,
              new Progress(records, 0.2 * step),
              seconds,
              seconds * redisShare,
              Control.Reading.NONE));
    }
    var standing = new Standing("riskstream", Role.OURS);
    standing.judged(Judgement.right(1));
    standing.measured(
        new Repetition(
            SteadyPart.of(looks, Math.round(1e6 * events), 0.6),
            looks,
            0,
            0,
            OptionalLong.empty()));
    return new CaseReport(new Workload(name, "", users, 0, 1, 1000, 1, 1), List.of(standing));
  }

  private static String printed(CostModel model) {
    var bytes = new ByteArrayOutputStream();
    model.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
