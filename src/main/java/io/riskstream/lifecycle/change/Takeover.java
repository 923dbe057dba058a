package io.riskstream.lifecycle.change;

import io.riskstream.lifecycle.change.ChangeRequest.Program;
import io.riskstream.lifecycle.change.Health.Finding;
import io.riskstream.lifecycle.change.Health.Judgement;
import io.riskstream.lifecycle.change.Stopping.Stopped;
import io.riskstream.lifecycle.cluster.FlinkCluster;
import io.riskstream.lifecycle.cluster.JobReport;
import io.riskstream.lifecycle.cluster.LifecycleException;
import io.riskstream.lifecycle.cluster.Progress;
import io.riskstream.lifecycle.cluster.StopRequestedException;
import io.riskstream.lifecycle.cluster.Wait;
import io.riskstream.lifecycle.program.PreparedJob;
import io.riskstream.lifecycle.record.Operation;
import io.riskstream.lifecycle.record.Operation.Step;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Starts a program from the savepoint that another left, watches it, and puts the former back by
 * the rule of {@link WayBack} if it is unhealthy.
 */
final class Takeover {
  /** Makes a program ready. */
  @FunctionalInterface
  interface Preparation {
    PreparedJob prepare(Program program) throws LifecycleException, InterruptedException;
  }

  private final FlinkCluster cluster;
  private final Journal journal;
  private final Progress progress;
  private final Wait wait;
  private final Preparation preparation;
  private final Steps steps;

  Takeover(
      FlinkCluster cluster,
      Journal journal,
      Progress progress,
      Wait wait,
      Preparation preparation,
      Steps steps) {
    this.cluster = cluster;
    this.journal = journal;
    this.progress = progress;
    this.wait = wait;
    this.preparation = preparation;
    this.steps = steps;
  }

  /** What is at hand when the running job has ended. */
  private record Situation(
      ChangeRequest request, JobReport old, Stopped stopped, Operation operation) {}

  ChangeOutcome run(
      ChangeRequest request,
      JobReport old,
      Stopped stopped,
      Operation operation,
      PreparedJob prepared)
      throws LifecycleException, InterruptedException {
    var situation = new Situation(request, old, stopped, operation);
    var refusal = submit(prepared, operation.savepoint());
    if (refusal.isPresent() && cluster.report(prepared.jobId()).isEmpty()) {
      return putBack(situation, refusal.get(), operation.savepoint());
    }
    journal.note(operation.at(Step.WATCHING));
    var watch = new Watch(cluster, wait, prepared.jobId());
    var finding = steps.time("every task runs", () -> watch.judge(new Health(0)));
    if (finding.judgement() == Judgement.HEALTHY) {
      finding = steps.time("it is watched", () -> watch.judge(request.health()));
    }
    if (finding.judgement() == Judgement.HEALTHY) {
      journal.end();
      return outcome(situation, prepared.jobId(), watch, Optional.empty());
    }
    return giveUp(situation, watch, finding);
  }

  /** Returns why the cluster does not take it. */
  private Optional<String> submit(PreparedJob prepared, String savepoint)
      throws LifecycleException, InterruptedException {
    try {
      steps.time(
          "it is submitted",
          () -> {
            prepared.submit(savepoint);
            return true;
          });
      return Optional.empty();
    } catch (StopRequestedException interrupted) {
      throw interrupted;
    } catch (LifecycleException refused) {
      return Optional.of(refused.getMessage());
    }
  }

  private ChangeOutcome giveUp(Situation situation, Watch watch, Finding finding)
      throws LifecycleException, InterruptedException {
    progress.line("the new job is unhealthy: it " + finding.reason());
    var job = situation.operation().newJob();
    var later = watch.last().map(JobReport::parameters).orElse(situation.old().parameters());
    var unreadable = Compatibility.problemsOfReturn(later, situation.old().parameters());
    var now = cluster.report(job);
    if (now.isPresent()) {
      requireWayBack(situation, now.get(), unreadable, "it was left as it is");
      journal.note(situation.operation().at(Step.RETURNING));
      if (!now.get().state().hasEnded()) {
        steps.time("it is taken away", () -> new Stopping(cluster, wait).abandon(job));
      }
    }
    // Once more, as it may have completed a checkpoint until it was gone.
    var gone =
        cluster
            .report(job)
            .orElseThrow(
                () ->
                    new LifecycleException(
                        ("the new job %s is gone, but the JobManager began anew and does not say whether it"
                                + " has completed a checkpoint: if the folder of checkpoints has one, riskstream"
                                + " submit --from that one, otherwise --from %s")
                            .formatted(job, situation.operation().savepoint())));
    var from = requireWayBack(situation, gone, unreadable, "it was cancelled");
    return putBack(situation, finding.reason(), from);
  }

  private static String requireWayBack(
      Situation situation, JobReport failed, List<String> unreadable, String state)
      throws LifecycleException {
    var way = WayBack.of(failed, situation.operation().savepoint(), unreadable);
    if (way instanceof WayBack.From from) {
      return from.path();
    }
    throw new LifecycleException(
        "the new job %s is unhealthy; %s, as the former cannot be put back without harm: %s"
            .formatted(failed.id(), state, ((WayBack.None) way).reason()));
  }

  private ChangeOutcome putBack(Situation situation, String reason, String path)
      throws LifecycleException, InterruptedException {
    progress.line("the former is put back, from " + path);
    var former = situation.request().former();
    try (var prepared = steps.time("it is checked", () -> preparation.prepare(former))) {
      var back = journal.add("return", prepared, former, path);
      journal.note(
          situation
              .operation()
              .at(Step.RETURNING)
              .withNewJob(prepared.jobId(), back.number())
              .withSavepoint(path));
      prepared.submit(path);
      var starting = new Starting(cluster, wait);
      var watch = new Watch(cluster, wait, prepared.jobId());
      watch.see(steps.time("every task runs", () -> starting.awaitRunning(prepared.jobId())));
      watch.see(steps.time("it is watched", () -> starting.awaitCheckpoint(prepared.jobId())));
      journal.end();
      return outcome(situation, prepared.jobId(), watch, Optional.of(reason));
    } catch (StopRequestedException interrupted) {
      throw interrupted;
    } catch (LifecycleException failed) {
      throw new LifecycleException(
          ("the new job was unhealthy (%s), and the former could not be put back; when the cause is"
                  + " mended: riskstream submit --jar %s --from %s")
              .formatted(reason, former.jar().file(), path),
          failed);
    }
  }

  private static ChangeOutcome outcome(
      Situation situation, String job, Watch watch, Optional<String> reason) {
    var end = situation.stopped().last().endMillis();
    return new ChangeOutcome(
        job,
        situation.operation().savepoint(),
        reason,
        watch.runningMillis().map(at -> Duration.ofMillis(at - end)).orElse(Duration.ZERO),
        watch.committedMillis().map(at -> Duration.ofMillis(at - end)).orElse(Duration.ZERO));
  }
}
