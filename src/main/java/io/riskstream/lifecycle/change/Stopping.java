package io.riskstream.lifecycle.change;

import io.riskstream.lifecycle.cluster.FlinkCluster;
import io.riskstream.lifecycle.cluster.FlinkCluster.StopOutcome;
import io.riskstream.lifecycle.cluster.JobReport;
import io.riskstream.lifecycle.cluster.JobState;
import io.riskstream.lifecycle.cluster.LifecycleException;
import io.riskstream.lifecycle.cluster.Wait;
import io.riskstream.lifecycle.cluster.Wait.Answer;

/** Ends a job with a savepoint, or, if that is what is asked for, without one. */
public final class Stopping {
  private static final String SAVEPOINTS = "execution.checkpointing.savepoint-dir";

  private final FlinkCluster cluster;
  private final Wait wait;

  public Stopping(FlinkCluster cluster, Wait wait) {
    this.cluster = cluster;
    this.wait = wait;
  }

  /** A job that has ended, and where it is to be gone on from. */
  public record Stopped(JobReport last, String savepoint) {}

  /**
   * Refuses a stop that the cluster would refuse, before anything is asked of it.
   *
   * @return how the job is
   */
  public JobReport requirePossible(String job, String folderOrNull)
      throws LifecycleException, InterruptedException {
    var report = require(job);
    if (report.state().hasEnded()) {
      throw new LifecycleException(
          "job %s has ended already (%s)%s"
              .formatted(
                  job,
                  report.state(),
                  report.savepoint().map(left -> "; its savepoint is " + left.path()).orElse("")));
    }
    if (!report.isWholeRunning()) {
      throw new LifecycleException(
          ("job %s is %s with %d of %d tasks running, and a savepoint needs all of them; wait until"
                  + " riskstream status passes, or stop --abandon it, which leaves its last checkpoint%s")
              .formatted(
                  job,
                  report.state(),
                  report.runningTasks(),
                  report.tasks(),
                  report.failure().map(failure -> ". It fails by: " + failure).orElse("")));
    }
    if (folderOrNull == null && !cluster.configuration().containsKey(SAVEPOINTS)) {
      throw new LifecycleException(
          "the cluster has no folder for savepoints; name one that it can write with --savepoints, or set "
              + SAVEPOINTS
              + " in its configuration");
    }
    return report;
  }

  /**
   * Asks for a savepoint behind which the job ends.
   *
   * @param trigger by which {@link #await} will know it
   */
  public void ask(String job, String trigger, String folderOrNull, boolean drain)
      throws LifecycleException, InterruptedException {
    cluster.stop(job, trigger, folderOrNull, drain);
  }

  /**
   * Waits until every task has ended behind the savepoint.
   *
   * @throws LifecycleException if it fails, and the job goes on
   */
  public Stopped await(String job, String trigger) throws LifecycleException, InterruptedException {
    return wait.until("job " + job + " has left a savepoint and ended", () -> look(job, trigger));
  }

  private Answer<Stopped> look(String job, String trigger)
      throws LifecycleException, InterruptedException {
    return judge(job, cluster.stopOutcome(job, trigger), require(job));
  }

  /**
   * Returns what two answers come to.
   *
   * @param outcome asked for before the report, so that it may be the older one
   */
  static Answer<Stopped> judge(String job, StopOutcome outcome, JobReport report)
      throws LifecycleException {
    if (outcome.isDone() && !outcome.failure().isEmpty() && !report.state().hasEnded()) {
      throw new LifecycleException(
          ("job %s could not be stopped with a savepoint and goes on (%s): %s. Look at riskstream status,"
                  + " and try again")
              .formatted(job, report.state(), outcome.failure()));
    }
    if (report.state() == JobState.FINISHED) {
      // A JobManager that died may have forgotten the request, but not the job's savepoint.
      var path =
          outcome.savepoint().isEmpty()
              ? report.savepoint().map(left -> left.path()).orElse("")
              : outcome.savepoint();
      if (path.isEmpty() && outcome.isKnown() && !outcome.isDone()) {
        return Answer.notYet("ended, its savepoint is not named yet");
      }
      if (path.isEmpty()) {
        throw new LifecycleException(
            "job %s has ended, but the cluster does not say with which savepoint; look for the newest one"
                    .formatted(job)
                + " in its folder of savepoints");
      }
      return Answer.done(new Stopped(report, path));
    }
    if (report.state().hasEnded()) {
      throw new LifecycleException(
          "job %s ended as %s instead of with a savepoint%s%s"
              .formatted(
                  job,
                  report.state(),
                  report.failure().map(failure -> ": " + failure).orElse(""),
                  lastCheckpoint(report)));
    }
    if (!outcome.isKnown() && report.isWholeRunning()) {
      throw new LifecycleException(
          ("the cluster has forgotten that job %s was to stop (its JobManager began anew), and the job"
                  + " runs; stop it again")
              .formatted(job));
    }
    return Answer.notYet(
        "%s, %d of %d tasks run"
            .formatted(
                outcome.isDone() ? "savepoint written" : "savepoint is being written",
                report.runningTasks(),
                report.tasks()));
  }

  /** Ends a job as it is. */
  public JobReport abandon(String job) throws LifecycleException, InterruptedException {
    if (require(job).state().hasEnded()) {
      throw new LifecycleException(
          "job %s has ended already (%s)".formatted(job, require(job).state()));
    }
    cluster.cancel(job);
    return wait.until(
        "job " + job + " is cancelled",
        () -> {
          var report = require(job);
          return report.state().hasEnded()
              ? Answer.done(report)
              : Answer.notYet(
                  "%s, %d of %d tasks run"
                      .formatted(report.state(), report.runningTasks(), report.tasks()));
        });
  }

  private JobReport require(String job) throws LifecycleException, InterruptedException {
    return cluster
        .report(job)
        .orElseThrow(
            () ->
                new LifecycleException(
                    ("the cluster at %s does not know job %s any more: its JobManager has begun anew. With"
                            + " high availability a job that had not ended comes back by itself; one that"
                            + " was stopped has left its savepoint in the folder of savepoints")
                        .formatted(cluster.address(), job)));
  }

  private static String lastCheckpoint(JobReport report) {
    return report
        .checkpoint()
        .map(last -> "; its last checkpoint is " + last.path() + ", for submit --from")
        .orElse("");
  }
}
