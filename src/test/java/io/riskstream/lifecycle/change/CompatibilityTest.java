package io.riskstream.lifecycle.change;

import static io.riskstream.lifecycle.cluster.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.lifecycle.cluster.JobReport;
import io.riskstream.lifecycle.cluster.JobState;
import io.riskstream.lifecycle.program.JobGraphDescription;
import io.riskstream.lifecycle.program.JobGraphDescription.Operator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is refused before anything stops. */
class CompatibilityTest {
  private static final String STATE = "riskstream.state";
  private static final Map<String, String> NOW = said("users=2:1,gate=1", 128);

  @Test
  void aVersionThatReadsAllThatThereIsMayFollow() {
    assertThat(problems(NOW, graph(said("users=3:1,gate=1,more=1", 128), 128, true))).isEmpty();
  }

  @Test
  void aUidThatVanishedALayoutThatIsNotReadAndOtherKeyGroupsAreNamed() {
    assertThat(problems(NOW, graph(said("users=3:3", 64), 64, true)))
        .hasSize(3)
        .anyMatch(problem -> problem.contains("max-parallelism"))
        .anyMatch(problem -> problem.startsWith("users:") && problem.contains("layout 2"))
        .anyMatch(problem -> problem.startsWith("gate:"));
  }

  @Test
  void aVersionOfBeforeLayoutsWereSaidIsNotTrusted() {
    assertThat(problems(NOW, graph(Map.of(), 128, true)))
        .singleElement()
        .asString()
        .contains("does not say the layouts");
  }

  @Test
  void whereTheRunningJobSaysNothingItsOperatorsMustBeThere() {
    assertThat(problems(Map.of(), graph(NOW, 128, true))).isEmpty();
    assertThat(Compatibility.problems(running(Map.of()), Set.of("aa", "bb"), graph(NOW, 128, true)))
        .singleElement()
        .asString()
        .contains("bb", "uid");
    assertThat(problems(Map.of(), graph(NOW, 64, true)))
        .singleElement()
        .asString()
        .contains("job.max-parallelism to 128");
  }

  @Test
  void checkpointsThatWouldGoWithTheJobLeaveNoWayBack() {
    assertThat(problems(NOW, graph(NOW, 128, false)))
        .singleElement()
        .asString()
        .contains("RETAIN_ON_CANCELLATION");
  }

  @Test
  void theFormerReadsWhatTheLaterWroteIfItKnowsTheLayouts() {
    var later = said("users=3:2,gate=1", 128);

    assertThat(Compatibility.problemsOfReturn(NOW, NOW)).isEmpty();
    assertThat(Compatibility.problemsOfReturn(Map.of(), Map.of())).isEmpty();
    assertThat(Compatibility.problemsOfReturn(later, NOW)).hasSize(1);
    assertThat(Compatibility.problemsOfReturn(later, Map.of())).hasSize(1);
  }

  private static List<String> problems(Map<String, String> running, JobGraphDescription next) {
    return Compatibility.problems(running(running), Set.of("aa"), next);
  }

  private static JobReport running(Map<String, String> parameters) {
    return report(JobState.RUNNING, 4, 0, 5, Optional.empty(), parameters);
  }

  private static JobGraphDescription graph(
      Map<String, String> parameters, int maxParallelism, boolean isRetaining) {
    return new JobGraphDescription(
        "riskstream",
        2,
        isRetaining,
        List.of(new Operator("aa", "users", "users", maxParallelism)),
        parameters);
  }

  private static Map<String, String> said(String layouts, int maxParallelism) {
    return Map.of(
        STATE,
        layouts,
        "riskstream.version",
        "1",
        "riskstream.max-parallelism",
        Integer.toString(maxParallelism));
  }
}
