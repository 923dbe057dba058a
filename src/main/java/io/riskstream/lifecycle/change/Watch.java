package io.riskstream.lifecycle.change;

import io.riskstream.lifecycle.change.Health.Finding;
import io.riskstream.lifecycle.change.Health.Judgement;
import io.riskstream.lifecycle.cluster.FlinkCluster;
import io.riskstream.lifecycle.cluster.JobReport;
import io.riskstream.lifecycle.cluster.JobState;
import io.riskstream.lifecycle.cluster.LifecycleException;
import io.riskstream.lifecycle.cluster.StopRequestedException;
import io.riskstream.lifecycle.cluster.Wait;
import io.riskstream.lifecycle.cluster.Wait.Answer;
import java.util.Optional;

/** Looks at a job from its submission on, and keeps when it first ran and first committed. */
final class Watch {
  private final FlinkCluster cluster;
  private final Wait wait;
  private final String job;
  private JobReport first;
  private JobReport last;
  private JobReport running;
  private JobReport committed;

  Watch(FlinkCluster cluster, Wait wait, String job) {
    this.cluster = cluster;
    this.wait = wait;
    this.job = job;
  }

  /** Returns the judgement; one that does not come in time is that it is unhealthy. */
  Finding judge(Health health) throws LifecycleException, InterruptedException {
    try {
      return wait.until("job " + job + " is healthy", () -> look(health));
    } catch (StopRequestedException interrupted) {
      throw interrupted;
    } catch (LifecycleException late) {
      return new Finding(Judgement.UNHEALTHY, late.getMessage());
    }
  }

  private Answer<Finding> look(Health health) throws LifecycleException, InterruptedException {
    var found = cluster.report(job);
    if (found.isEmpty()) {
      return Answer.notYet("the cluster does not know job " + job + " yet");
    }
    see(found.get());
    var begun = first == null ? last.startMillis() : first.startMillis();
    var finding = health.judge(last, begun);
    return finding.judgement() == Judgement.OPEN
        ? Answer.notYet(finding.reason())
        : Answer.done(finding);
  }

  /** Takes a look into account. */
  void see(JobReport report) {
    last = report;
    if (first == null && report.state() != JobState.INITIALIZING) {
      first = report;
    }
    if (running == null && report.isWholeRunning()) {
      running = report;
    }
    if (committed == null && report.checkpoint().isPresent() && report.completed() > 0) {
      committed = report;
    }
  }

  /** Returns the last look; empty before the cluster knew the job. */
  Optional<JobReport> last() {
    return Optional.ofNullable(last);
  }

  /**
   * Returns from when on every task ran, by the JobManager's clock: at the latest from a
   * checkpoint.
   */
  Optional<Long> runningMillis() {
    return Optional.ofNullable(running)
        .map(JobReport::nowMillis)
        .map(seen -> Math.min(seen, committedMillis().orElse(seen)));
  }

  /** Returns when the first checkpoint completed. */
  Optional<Long> committedMillis() {
    return Optional.ofNullable(committed)
        .flatMap(JobReport::checkpoint)
        .map(checkpoint -> checkpoint.completedMillis());
  }
}
