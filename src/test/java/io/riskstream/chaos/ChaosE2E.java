package io.riskstream.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.chaos.report.Result;
import io.riskstream.chaos.report.Result.Conclusion;
import io.riskstream.chaos.scenario.Scenario;
import io.riskstream.chaos.scenario.ScenarioFile;
import io.riskstream.cluster.FlinkJars;
import io.riskstream.cluster.JobJarFile;
import io.riskstream.lifecycle.program.JobJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A short selection of the rehearsals: the job jar on a cluster of processes, a fault in the worst
 * moment, and exact sets. That such a rehearsal finds what is broken, {@code chaos --mutants}
 * shows.
 */
@Timeout(480)
class ChaosE2E {
  private static final long SEED = 3;

  /** Between pre-commit and commit, all task managers at once. */
  private static final String KILL_IN_COMMIT =
      """
      title: The task managers die between pre-commit and commit
      load: {rate: 1000, for: 16s, users: 500}
      steps:
        - {at: 9s, do: kill-in-commit, for: 1s}
      """;

  @TempDir Path folder;
  private final List<String> lines = new ArrayList<>();

  @Test
  void nothingIsLostOrDoubledByADeathBetweenPreCommitAndCommit() throws Exception {
    var result = run(jar(JobJarFile.find()), "right");

    assertThat(result.conclusion()).as(String.join("\n", lines)).isEqualTo(Conclusion.PASS);
    assertThat(result.proof()).contains("written, not committed");
    assertThat(result.recovery()).isPresent();
    assertThat(result.staleSeconds()).isPositive();
    assertThat(result.count("accepted")).isPositive();
    assertThat(folder.resolve("right")).as("the folder of what has passed").doesNotExist();
  }

  private Result run(JobJar jar, String name) throws IOException, InterruptedException {
    return new Series(SEED, folder, false, lines::add).run(scenario(), jar, "1/1", name);
  }

  private static Scenario scenario() throws IOException {
    return ScenarioFile.parse("kill-in-commit", "kill-in-commit", KILL_IN_COMMIT);
  }

  private static JobJar jar(Path file) throws IOException {
    return new JobJar(file, FlinkJars.find());
  }
}
