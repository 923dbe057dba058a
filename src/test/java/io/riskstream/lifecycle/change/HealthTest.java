package io.riskstream.lifecycle.change;

import static io.riskstream.lifecycle.cluster.Reports.START_MILLIS;
import static io.riskstream.lifecycle.cluster.Reports.report;
import static io.riskstream.lifecycle.cluster.Reports.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.lifecycle.change.Health.Judgement;
import io.riskstream.lifecycle.cluster.JobReport;
import io.riskstream.lifecycle.cluster.JobState;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final Health THREE = new Health(3);

  @Test
  void healthyIsAJobOfWhichAllRunsBehindItsThirdCheckpoint() {
    assertThat(judge(running(2))).isEqualTo(Judgement.OPEN);
    assertThat(judge(running(3))).isEqualTo(Judgement.HEALTHY);
    assertThat(judge(of(JobState.RUNNING, 3, 0, 3))).isEqualTo(Judgement.OPEN);
  }

  @Test
  void aRestartIsUnhealthyAlsoWhenAllRunsAgain() {
    assertThat(judge(of(JobState.RUNNING, 4, 1, 3))).isEqualTo(Judgement.UNHEALTHY);
  }

  @Test
  void aJobThatFailsOrHasEndedIsUnhealthy() {
    for (var state :
        new JobState[] {
          JobState.FAILING,
          JobState.RESTARTING,
          JobState.FAILED,
          JobState.CANCELED,
          JobState.FINISHED
        }) {
      assertThat(judge(of(state, 0, 0, 0))).as(state.name()).isEqualTo(Judgement.UNHEALTHY);
    }
  }

  @Test
  void aJobThatAnotherJobManagerBeganAnewIsUnhealthy() {
    assertThat(THREE.judge(running(3), START_MILLIS + 1).judgement())
        .isEqualTo(Judgement.UNHEALTHY);
  }

  private static Judgement judge(JobReport report) {
    return THREE.judge(report, START_MILLIS).judgement();
  }

  private static JobReport of(JobState state, int runningTasks, long restarts, long completed) {
    return report(state, runningTasks, restarts, completed, Optional.empty(), Map.of());
  }
}
