package io.riskstream.lifecycle.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgramSettingsTest {
  private static final List<String> ARGUMENTS =
      List.of("pipeline", "-Dflink.parallelism.default=4");

  @Test
  void aParallelismThatIsGivenWinsOverThatOfTheConfiguration() {
    assertThat(new ProgramSettings(ARGUMENTS, 3, Map.of()).allArguments())
        .containsExactly(
            "pipeline", "-Dflink.parallelism.default=4", "-Dflink.parallelism.default=3");
    assertThat(new ProgramSettings(ARGUMENTS, 0, Map.of()).allArguments()).isEqualTo(ARGUMENTS);
  }

  @Test
  void aJobTakesOverTheClustersSettingsForJobsAndNoOthers() {
    var cluster =
        Map.of(
            "execution.checkpointing.interval", "1 s",
            "restart-strategy.type", "none",
            "parallelism.default", "2",
            "high-availability.type", "zookeeper",
            "rest.address", "elsewhere");

    var settings = new ProgramSettings(ARGUMENTS, 0, cluster);

    assertThat(settings.flink())
        .containsOnlyKeys(
            "execution.checkpointing.interval", "restart-strategy.type", "parallelism.default");
    assertThat(settings.parallelismOrDefault()).isEqualTo(2);
  }
}
