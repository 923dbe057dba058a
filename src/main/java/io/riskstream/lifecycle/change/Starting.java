package io.riskstream.lifecycle.change;

import io.riskstream.lifecycle.cluster.FlinkCluster;
import io.riskstream.lifecycle.cluster.JobReport;
import io.riskstream.lifecycle.cluster.LifecycleException;
import io.riskstream.lifecycle.cluster.Wait;
import io.riskstream.lifecycle.cluster.Wait.Answer;
import io.riskstream.lifecycle.program.JobGraphDescription;

/** Refuses starts that cannot come to anything, and waits until every task of a job runs. */
public final class Starting {
  private final FlinkCluster cluster;
  private final Wait wait;

  public Starting(FlinkCluster cluster, Wait wait) {
    this.cluster = cluster;
    this.wait = wait;
  }

  /** Refuses a second job of the same name: both would read and write everything. */
  public void requireNoneOfName(String name) throws LifecycleException, InterruptedException {
    for (var job : cluster.jobs()) {
      if (!job.state().hasEnded() && job.name().equals(name)) {
        throw new LifecycleException(
            ("job %s of the name %s is on the cluster already (%s): a second one would read and write"
                    + " everything twice. riskstream upgrade puts another version in its place, riskstream"
                    + " stop ends it; -Djob.name is for a job with a group, a lake and topics of its own")
                .formatted(job.id(), name, job.state()));
      }
    }
  }

  /** Refuses more tasks beside one another than there are slots, or key groups. */
  public void requireRoom(JobGraphDescription graph, int slots) throws LifecycleException {
    if (graph.parallelism() > slots) {
      throw new LifecycleException(
          ("parallelism %d needs as many slots, and the cluster at %s has %d for it; start more"
                  + " TaskManagers, or give a smaller --parallelism")
              .formatted(graph.parallelism(), cluster.address(), slots));
    }
    requireKeyGroups(graph);
  }

  private static void requireKeyGroups(JobGraphDescription graph) throws LifecycleException {
    for (var operator : graph.operators()) {
      if (operator.maxParallelism() > 0 && graph.parallelism() > operator.maxParallelism()) {
        throw new LifecycleException(
            "parallelism %d is above job.max-parallelism %d, which a savepoint cannot change"
                .formatted(graph.parallelism(), operator.maxParallelism()));
      }
    }
  }

  /** Waits until every task runs; goes on waiting while the job restarts. */
  public JobReport awaitRunning(String job) throws LifecycleException, InterruptedException {
    return wait.until(
        "every task of job " + job + " runs",
        () -> {
          var found = cluster.report(job);
          if (found.isEmpty()) {
            return Answer.notYet("the cluster does not know the job yet");
          }
          var report = found.get();
          if (report.state().hasEnded()) {
            throw new LifecycleException(
                "job %s has ended as %s%s"
                    .formatted(
                        job,
                        report.state(),
                        report.failure().map(failure -> ": " + failure).orElse("")));
          }
          return report.isWholeRunning() ? Answer.done(report) : Answer.notYet(state(report));
        });
  }

  /** Waits until the job has completed a checkpoint; goes on waiting while it restarts. */
  JobReport awaitCheckpoint(String job) throws LifecycleException, InterruptedException {
    return wait.until(
        "job " + job + " has completed a checkpoint",
        () -> {
          var found = cluster.report(job);
          return found.isPresent() && found.get().completed() > 0
              ? Answer.done(found.get())
              : Answer.notYet(found.map(Starting::state).orElse("the cluster does not know it"));
        });
  }

  private static String state(JobReport report) {
    return "%s, %d of %d tasks run%s"
        .formatted(
            report.state(),
            report.runningTasks(),
            report.tasks(),
            report.failure().map(failure -> "; it failed by: " + failure).orElse(""));
  }
}
