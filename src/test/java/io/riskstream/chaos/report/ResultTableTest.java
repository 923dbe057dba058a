package io.riskstream.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.riskstream.chaos.report.Result.Conclusion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A line a scenario for people, and all of it for programs. */
class ResultTableTest {
  private static final Result PASSED =
      new Result(
          "kill-broker",
          Conclusion.PASS,
          "broker killed",
          Optional.of(Duration.ofMillis(12_340)),
          17,
          3.21,
          Duration.ofSeconds(60),
          Map.of("missing", 0, "double", 0L, "balanced", true),
          List.of("broker killed"),
          List.of(),
          Path.of("chaos-data"));

  private static final Result FAILED =
      new Result(
          "cut-redis",
          Conclusion.FAIL,
          "-",
          Optional.empty(),
          0,
          0,
          Duration.ofSeconds(5),
          Map.of("missing", 2L, "double", 1, "redis_stale", 3L, "balanced", false),
          List.of(),
          List.of("the output is wrong"),
          Path.of("chaos-data"));

  @Test
  void eachScenarioHasALine() {
    assertThat(ResultTable.lines(List.of(PASSED, FAILED)))
        .containsExactly(
            "scenario     proof          recovery s  replayed  missing  double  stale s  took s  verdict",
            "kill-broker  broker killed        12.3        17        0       0      3.2    60.0  PASS",
            "cut-redis    -                       -         0        2       1      0.0     5.0  FAIL");
  }

  @Test
  void saysByWhichFiguresAnOutputIsWrong() {
    assertThat(FAILED.wrongFigures())
        .containsExactly("missing=2", "double=1", "redis_stale=3", "balanced=false");
    assertThat(PASSED.wrongFigures()).isEmpty();
  }

  @Test
  void theFileHoldsAllResults(@TempDir Path folder) throws IOException {
    var file = folder.resolve("results.json");
    ResultFile.write(file, 7, List.of(PASSED, FAILED));

    var json = new ObjectMapper().readTree(file.toFile());
    assertThat(json.path("seed").asInt()).isEqualTo(7);
    var first = json.path("scenarios").path(0);
    assertThat(first.path("verdict").asText()).isEqualTo("PASS");
    assertThat(first.path("recovery_seconds").asDouble()).isEqualTo(12.34);
    var second = json.path("scenarios").path(1);
    assertThat(second.path("recovery_seconds").isNull()).isTrue();
    assertThat(second.path("figures").path("missing").asInt()).isEqualTo(2);
    assertThat(second.path("problems").path(0).asText()).isEqualTo("the output is wrong");
  }
}
