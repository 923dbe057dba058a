package io.riskstream.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.benchmarks.latency.LatencyReport;
import io.riskstream.benchmarks.latency.RateReport;
import io.riskstream.benchmarks.latency.RateReport.Cores;
import io.riskstream.benchmarks.latency.RateReport.Percentiles;
import io.riskstream.benchmarks.report.CostModel.Point;
import io.riskstream.benchmarks.workload.Size;
import io.riskstream.benchmarks.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves for those who read its folder. */
class PageTest {
  @TempDir private Path folder;

  @Test
  void drawsLatenciesOfRatesThatWereRightOnly() throws IOException {
    var right = rate(500, List.of());
    var wrong = rate(700, List.of("lost"));
    var both = folder.resolve("both");

    assertThat(Plots.write(folder, of(wrong))).isEmpty();
    assertThat(Plots.write(folder, of(right, right))).containsExactly("uniform-latency");
    assertThat(Plots.write(both, of(right, wrong, right))).containsExactly("uniform-latency");

    assertThat(ImageIO.read(folder.resolve("uniform-latency.png").toFile()).getWidth())
        .isEqualTo(1000);
    assertThat(both.resolve("uniform-latency.svg"))
        .hasSameTextualContentAs(folder.resolve("uniform-latency.svg"));
  }

  @Test
  void drawsWhatUsersCostOnceThereAreTwoNumbersOfThem() throws IOException {
    var few = new Point(1e5, 90, 10);
    var many = new Point(1e7, 120, 12);

    assertThat(Plots.write(folder, new CostModel(List.of(few)))).isEmpty();
    assertThat(Plots.write(folder, new CostModel(List.of(few, many)))).containsExactly("cost");

    assertThat(ImageIO.read(folder.resolve("cost.png").toFile()).getWidth()).isEqualTo(1000);
  }

  @Test
  void thePageShowsPicturesTextAndSurroundings() throws IOException {
    var surroundings = Surroundings.now("abc-dirty", Size.FULL, 2, 2);

    Page.write(folder, surroundings, List.of("uniform", "cost"), "\nall of it\nverdict: PASS");

    assertThat(Files.readString(folder.resolve("README.md")))
        .contains("commit `abc-dirty`, size `full`")
        .contains("![uniform](uniform.png)", "![cost](cost.png)")
        .endsWith("```text\nall of it\nverdict: PASS\n```\n");
  }

  private static CaseReport of(RateReport... rates) {
    var workload = new Workload("uniform", "evenly", 10, 0, 1, 1000, 10, 10);
    return new CaseReport(workload, List.of())
        .with(new LatencyReport(10, 10, null, List.of(rates), List.of()));
  }

  private static RateReport rate(double eventsPerSecond, List<String> problems) {
    return new RateReport(
        50,
        eventsPerSecond,
        1000,
        eventsPerSecond,
        new Percentiles(1000, 1, 2, 3, 4, 5),
        new Percentiles(1000, 0, 5, 8, 20, 40),
        new Percentiles(100, 600, 1000, 1100, 1200, 1200),
        new Percentiles(1000, 700, 1100, 1200, 1300, 1400),
        new Cores(1, 0.1, 0.5, 0.1, 0.1, 0.1),
        problems);
  }
}
