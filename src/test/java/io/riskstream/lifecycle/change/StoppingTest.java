package io.riskstream.lifecycle.change;

import static io.riskstream.lifecycle.cluster.Reports.JOB;
import static io.riskstream.lifecycle.cluster.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.lifecycle.cluster.FlinkCluster.StopOutcome;
import io.riskstream.lifecycle.cluster.JobReport;
import io.riskstream.lifecycle.cluster.JobState;
import io.riskstream.lifecycle.cluster.LifecycleException;
import io.riskstream.lifecycle.cluster.Wait.Answer;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the cluster says of the request and of the job are two answers, one after the other. */
class StoppingTest {
  private static final String SAVEPOINT = "file:/s/savepoint-1";
  private static final StopOutcome OPEN = new StopOutcome(true, false, "", "");
  private static final StopOutcome WRITTEN = new StopOutcome(true, true, SAVEPOINT, "");
  private static final StopOutcome FORGOTTEN = new StopOutcome(false, false, "", "");
  private static final JobReport FINISHED = of(JobState.FINISHED, 0);

  @Test
  void aJobThatEndedBetweenTheTwoAnswersIsAskedForItsSavepointAgain() throws Exception {
    assertThat(judge(OPEN, FINISHED))
        .isEqualTo(Answer.notYet("ended, its savepoint is not named yet"));
    assertThat(judge(WRITTEN, FINISHED))
        .isEqualTo(Answer.done(new Stopping.Stopped(FINISHED, SAVEPOINT)));
  }

  @Test
  void aJobWhoseTasksStillEndIsWaitedFor() throws Exception {
    assertThat(judge(WRITTEN, of(JobState.RUNNING, 2)))
        .isEqualTo(Answer.notYet("savepoint written, 2 of 4 tasks run"));
  }

  @Test
  void aSavepointThatNobodyCanNameIsTold() {
    assertThatThrownBy(() -> judge(FORGOTTEN, FINISHED))
        .isInstanceOf(LifecycleException.class)
        .hasMessageContaining("does not say with which savepoint");
  }

  @Test
  void aRequestThatIsForgottenOrFailedWhileTheJobRunsIsTold() {
    var running = of(JobState.RUNNING, 4);
    assertThatThrownBy(() -> judge(FORGOTTEN, running)).hasMessageContaining("stop it again");
    assertThatThrownBy(() -> judge(new StopOutcome(true, true, "", "no disk"), running))
        .hasMessageContaining("no disk");
  }

  @Test
  void aJobThatFailedInsteadIsTold() {
    assertThatThrownBy(() -> judge(OPEN, of(JobState.FAILED, 0)))
        .hasMessageContaining("instead of with a savepoint");
  }

  private static Answer<Stopping.Stopped> judge(StopOutcome outcome, JobReport report)
      throws LifecycleException {
    return Stopping.judge(JOB, outcome, report);
  }

  private static JobReport of(JobState state, int runningTasks) {
    return report(state, runningTasks, 0, 3, Optional.empty(), Map.of());
  }
}
