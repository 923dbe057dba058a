package io.riskstream.lifecycle;

import static io.riskstream.lifecycle.cluster.Reports.report;
import static io.riskstream.lifecycle.cluster.Reports.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.lifecycle.cluster.JobReport;
import io.riskstream.lifecycle.cluster.JobState;
import io.riskstream.lifecycle.record.Operation;
import io.riskstream.lifecycle.record.Operation.Step;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said after a client that died in the middle of a change. */
class UnfinishedTest {
  private static final String SAVEPOINT = "file:/s/savepoint-1";
  private static final Operation STOPPING =
      new Operation("upgrade", Step.STOPPING, 1, "12:00", "here:1", "old", "t", "", "new", 2);
  private static final Operation SUBMITTING = STOPPING.at(Step.SUBMITTING).withSavepoint(SAVEPOINT);

  @Test
  void behindTheStopItNamesTheSavepointToGoOnFrom() {
    var left = Unfinished.of(SUBMITTING, ended(0), Optional.empty());

    assertThat(left.savepoint()).contains(SAVEPOINT);
    assertThat(left.text()).contains("upgrade of job old", "submit --from " + SAVEPOINT);
  }

  @Test
  void aNewJobThatEndedBehindACheckpointIsGoneOnWithFromThere() {
    assertThat(Unfinished.of(SUBMITTING, ended(0), ended(3)).savepoint()).contains("file:/c/chk-3");
    assertThat(Unfinished.of(SUBMITTING, ended(0), ended(0)).savepoint()).contains(SAVEPOINT);
  }

  @Test
  void aJobThatRunsNeedsNothing() {
    var before = Unfinished.of(STOPPING, Optional.of(running(3)), Optional.empty());
    var behind = Unfinished.of(SUBMITTING, ended(0), Optional.of(running(1)));

    assertThat(before.savepoint()).isEmpty();
    assertThat(before.text()).contains("RUNNING as before");
    assertThat(behind.savepoint()).isEmpty();
    assertThat(behind.text()).contains("has taken its place");
  }

  @Test
  void whereNobodyKnowsTheSavepointItSaysWhereToLook() {
    var left = Unfinished.of(STOPPING, Optional.empty(), Optional.empty());

    assertThat(left.savepoint()).isPresent();
    assertThat(left.text()).contains("newest savepoint in the cluster's folder");
  }

  private static Optional<JobReport> ended(long completed) {
    return Optional.of(
        report(JobState.FINISHED, 0, 0, completed, Optional.of(SAVEPOINT), Map.of()));
  }
}
