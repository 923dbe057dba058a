package io.riskstream.lifecycle.change;

import io.riskstream.lifecycle.change.ChangeRequest.Program;
import io.riskstream.lifecycle.change.Stopping.Stopped;
import io.riskstream.lifecycle.cluster.FlinkCluster;
import io.riskstream.lifecycle.cluster.JobReport;
import io.riskstream.lifecycle.cluster.LifecycleException;
import io.riskstream.lifecycle.cluster.Progress;
import io.riskstream.lifecycle.cluster.StopRequestedException;
import io.riskstream.lifecycle.cluster.Wait;
import io.riskstream.lifecycle.program.PreparedJob;
import io.riskstream.lifecycle.program.ProgramSettings;
import io.riskstream.lifecycle.record.Operation;
import io.riskstream.lifecycle.record.Operation.Step;

/**
 * Puts one program in the place of another: looks whether it can go on from the state, and stops
 * nothing before; stops the one with a savepoint, and leaves the rest to a {@link Takeover}. Each
 * step is noted before it is taken.
 */
public final class Change {
  private final FlinkCluster cluster;
  private final Journal journal;
  private final Progress progress;
  private final Wait wait;
  private final Stopping stopping;

  public Change(FlinkCluster cluster, Journal journal, Progress progress, Wait wait) {
    this.cluster = cluster;
    this.journal = journal;
    this.progress = progress;
    this.wait = wait;
    this.stopping = new Stopping(cluster, wait);
  }

  /**
   * Does it.
   *
   * @throws LifecycleException if it is refused, or fails in a way that a person must decide; the
   *     message says which state things are in
   */
  public ChangeOutcome run(ChangeRequest request) throws LifecycleException, InterruptedException {
    var steps = new Steps(progress);
    var running = stopping.requirePossible(request.oldJob(), request.savepointsOrNull());
    var next = request.next();
    try (var prepared =
        steps.time("the program is checked, nothing is stopped yet", () -> prepare(next))) {
      requireFit(request.action(), running, prepared);
      var deployment = journal.add(request.action(), prepared, next, "");
      var operation =
          journal.begin(request.action(), request.oldJob(), FlinkCluster.newId(), deployment);
      Stopped stopped;
      try {
        stopped = steps.time("the running job is stopped", () -> stop(request, operation));
      } catch (StopRequestedException interrupted) {
        throw interrupted; // the cluster goes on with it, and so the note stays
      } catch (LifecycleException failed) {
        if (isAlive(request.oldJob())) {
          journal.end();
          journal.remove(deployment);
        }
        throw failed;
      }
      progress.line("  savepoint " + stopped.savepoint());
      var submitting = operation.at(Step.SUBMITTING).withSavepoint(stopped.savepoint());
      journal.note(submitting);
      return new Takeover(cluster, journal, progress, wait, this::prepare, steps)
          .run(request, running, stopped, submitting, prepared);
    }
  }

  private PreparedJob prepare(Program program) throws LifecycleException, InterruptedException {
    var settings =
        new ProgramSettings(program.arguments(), program.parallelism(), cluster.configuration());
    return PreparedJob.prepare(
        program.jar(), settings, FlinkCluster.newId(), cluster.address(), wait);
  }

  private void requireFit(String action, JobReport running, PreparedJob prepared)
      throws LifecycleException, InterruptedException {
    var problems = Compatibility.problems(running, cluster.heads(running.id()), prepared.graph());
    if (!problems.isEmpty()) {
      throw new LifecycleException(
          "the %s is refused, and nothing was stopped:%n  %s%s"
              .formatted(action, String.join("\n  ", problems), remark(action)));
    }
    new Starting(cluster, wait)
        .requireRoom(prepared.graph(), cluster.freeSlots() + running.parallelism());
  }

  private static String remark(String action) {
    return action.equals("rollback")
        ? "\n  (Its own savepoint is older than what is committed since: from there on all would be"
            + " written a second time.)"
        : "";
  }

  private Stopped stop(ChangeRequest request, Operation operation)
      throws LifecycleException, InterruptedException {
    stopping.ask(request.oldJob(), operation.trigger(), request.savepointsOrNull(), false);
    return stopping.await(request.oldJob(), operation.trigger());
  }

  private boolean isAlive(String job) throws LifecycleException, InterruptedException {
    return cluster.report(job).filter(report -> !report.state().hasEnded()).isPresent();
  }
}
