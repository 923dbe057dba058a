package io.riskstream.cli.lifecycle;

import static io.riskstream.lifecycle.cluster.Reports.report;
import static io.riskstream.lifecycle.cluster.Reports.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.cli.ending.Verdict.Outcome;
import io.riskstream.lifecycle.cluster.JobReport;
import io.riskstream.lifecycle.cluster.JobState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a job is well: its reports have a last checkpoint that is half a second old. */
class StatusCommandTest {
  private static final Duration YOUNG = Duration.ofSeconds(1);

  @Test
  void allTasksAndAYoungCheckpointPass() {
    assertThat(outcome(running(1), YOUNG)).isEqualTo(Outcome.PASS);
  }

  @Test
  void anOldCheckpointOrNoneOrATaskThatDoesNotRunFails() {
    assertThat(outcome(running(1), Duration.ofMillis(499))).isEqualTo(Outcome.FAIL);
    assertThat(outcome(running(0), YOUNG)).isEqualTo(Outcome.FAIL);
    assertThat(outcome(report(JobState.RUNNING, 3, 0, 1, Optional.empty(), Map.of()), YOUNG))
        .isEqualTo(Outcome.FAIL);
    assertThat(outcome(report(JobState.RESTARTING, 4, 1, 1, Optional.empty(), Map.of()), YOUNG))
        .isEqualTo(Outcome.FAIL);
  }

  private static Outcome outcome(JobReport report, Duration checkpointAge) {
    return StatusCommand.judge(report, checkpointAge).outcome();
  }
}
