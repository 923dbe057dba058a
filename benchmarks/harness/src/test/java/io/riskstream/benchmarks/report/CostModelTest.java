package io.riskstream.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CostModelTest {
  private static final String FIGURE = "/riskstream/events_per_cpu_second/median";

  @Test
  void costGrowsWithTheMagnitudeOfUsers() {
    var model =
        CostModel.of(
            Map.of(
                "uniform" + FIGURE, 1e6 / 100,
                "million-users" + FIGURE, 1e6 / 120,
                "ten-million-users" + FIGURE, 1e6 / 140,
                "hot-user" + FIGURE, 1.0));

    assertThat(model.slope()).isEqualTo(20, within(1e-9));
    assertThat(model.cpuMicros(1e5)).isEqualTo(100, within(1e-9));
    assertThat(model.cpuMicros(1e8)).isEqualTo(160, within(1e-9));
    // 115,741 events a second, of 140 µs each
    assertThat(model.cores(1e7, 10e9)).isEqualTo(16.204, within(0.001));
    // and no core busier than 60 %
    assertThat(printed(model)).containsPattern("10,000,000 +140\\.0 +1\\.62 +28\\n");
  }

  @Test
  void withoutMoreUsersThereIsNoLaw() {
    var figures =
        Map.of("uniform" + FIGURE, 1e4, "uniform/riskstream/server_cpu_share/median", 0.25);

    assertThat(printed(CostModel.of(figures)))
        .contains("100.0 CPU-µs for an event, as users grow not measured; Redis beside it 25.0")
        .doesNotContain("1,000,000");
    assertThat(printed(CostModel.of(Map.of()))).isEmpty();
  }

  private static String printed(CostModel model) {
    var bytes = new ByteArrayOutputStream();
    model.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
