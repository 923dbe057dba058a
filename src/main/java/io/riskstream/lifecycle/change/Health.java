package io.riskstream.lifecycle.change;

import io.riskstream.lifecycle.cluster.JobReport;

/**
 * The rule by which a new version is healthy: every task runs, so many checkpoints have completed,
 * and nothing has restarted meanwhile.
 *
 * @param checkpoints that must have completed
 */
public record Health(int checkpoints) {
  /** What a look at the job says. */
  enum Judgement {
    HEALTHY,
    UNHEALTHY,
    OPEN
  }

  /** A judgement and why. */
  record Finding(Judgement judgement, String reason) {}

  /**
   * Judges.
   *
   * @param startMillis of the job when it was first seen
   */
  Finding judge(JobReport now, long startMillis) {
    if (now.state().hasEnded()) {
      return unhealthy(now, "has ended as " + now.state());
    }
    if (now.restarts() > 0) {
      return unhealthy(now, "has restarted");
    }
    return switch (now.state()) {
      case FAILING, CANCELLING, RESTARTING -> unhealthy(now, "is " + now.state());
      case INITIALIZING, CREATED, RUNNING, RECONCILING, SUSPENDED -> running(now, startMillis);
      case FINISHED, CANCELED, FAILED -> throw new IllegalStateException("has ended: " + now);
    };
  }

  private Finding running(JobReport now, long startMillis) {
    if (now.startMillis() != startMillis) {
      return unhealthy(now, "was begun anew with its JobManager");
    }
    if (now.isWholeRunning() && now.completed() >= checkpoints) {
      return new Finding(Judgement.HEALTHY, checkpoints + " checkpoints without a restart");
    }
    return new Finding(
        Judgement.OPEN,
        "%d of %d tasks run, %d of %d checkpoints"
            .formatted(now.runningTasks(), now.tasks(), now.completed(), checkpoints));
  }

  private static Finding unhealthy(JobReport now, String reason) {
    return new Finding(
        Judgement.UNHEALTHY, reason + now.failure().map(failure -> ": " + failure).orElse(""));
  }
}
