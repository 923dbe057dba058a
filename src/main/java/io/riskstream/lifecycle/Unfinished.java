package io.riskstream.lifecycle;

import io.riskstream.lifecycle.change.WayBack;
import io.riskstream.lifecycle.cluster.FlinkCluster;
import io.riskstream.lifecycle.cluster.JobReport;
import io.riskstream.lifecycle.cluster.LifecycleException;
import io.riskstream.lifecycle.record.Operation;
import java.util.Optional;

/**
 * What a change that nobody finished has left, as the cluster shows it.
 *
 * @param text says so, and how to go on
 * @param savepoint to go on from, if neither of its jobs runs
 */
public record Unfinished(String text, Optional<String> savepoint) {
  private static final String UNKNOWN = "PATH";

  /** Looks for both jobs of a change. */
  static Unfinished look(FlinkCluster cluster, Operation operation)
      throws LifecycleException, InterruptedException {
    return of(operation, cluster.report(operation.oldJob()), cluster.report(operation.newJob()));
  }

  /** Says what the record alone knows. */
  static String noted(Operation operation) {
    return "noted is the step %s of the %s of job %s, savepoint %s, new job %s"
        .formatted(
            operation.step(),
            operation.action(),
            operation.oldJob(),
            operation.savepoint().isEmpty() ? "not known yet" : operation.savepoint(),
            operation.newJob());
  }

  /** Decides what is to be said. */
  static Unfinished of(Operation operation, Optional<JobReport> old, Optional<JobReport> next) {
    var begun =
        "an %s of job %s begun at %s was not finished: "
            .formatted(operation.action(), operation.oldJob(), operation.time());
    if (next.isPresent() && !next.get().state().hasEnded()) {
      return new Unfinished(
          begun
              + "job %s has taken its place and is %s; riskstream status %s tells whether it is healthy"
                  .formatted(next.get().id(), next.get().state(), next.get().id()),
          Optional.empty());
    }
    if (old.isPresent() && !old.get().state().hasEnded()) {
      return new Unfinished(
          begun + "the job is " + old.get().state() + " as before; begin again when it runs",
          Optional.empty());
    }
    var progressed =
        next.filter(job -> WayBack.hasProgressed(job, operation.savepoint()))
            .flatMap(JobReport::checkpoint)
            .map(checkpoint -> checkpoint.path());
    var path =
        progressed
            .or(() -> Optional.of(operation.savepoint()).filter(known -> !known.isEmpty()))
            .or(() -> old.flatMap(JobReport::savepoint).map(left -> left.path()))
            .orElse(UNKNOWN);
    return new Unfinished(
        begun
            + "the job has ended, and none runs in its place. Go on with: riskstream submit --from "
            + path
            + (path.equals(UNKNOWN)
                ? " (the newest savepoint in the cluster's folder of savepoints)"
                : "")
            + " and the jar and configuration of before or of the new version",
        Optional.of(path));
  }
}
