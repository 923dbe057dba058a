package io.riskstream.lifecycle.record;

/**
 * A change that is under way: noted before each step, so that whoever comes after a process that
 * died finds where it was.
 *
 * @param action upgrade, rollback or rescale
 * @param pid of the process that does it
 * @param cluster host:port
 * @param oldJob that is replaced
 * @param trigger by which the cluster knows the stop of the old job
 * @param savepoint that the old job left; empty before that
 * @param newJob that takes its place
 * @param deployment number of the new job's deployment
 */
public record Operation(
    String action,
    Step step,
    long pid,
    String time,
    String cluster,
    String oldJob,
    String trigger,
    String savepoint,
    String newJob,
    int deployment) {

  /** How far it is. */
  public enum Step {
    /** The old job was, or is about to be, asked to stop with a savepoint. */
    STOPPING,
    /** The old job has ended; the new one was, or is about to be, submitted. */
    SUBMITTING,
    /** The new job runs, and is watched. */
    WATCHING,
    /** The new job is taken away, and the old version is put in its place. */
    RETURNING
  }

  public Operation at(Step next) {
    return new Operation(
        action, next, pid, time, cluster, oldJob, trigger, savepoint, newJob, deployment);
  }

  public Operation withSavepoint(String path) {
    return new Operation(
        action, step, pid, time, cluster, oldJob, trigger, path, newJob, deployment);
  }

  /** Another job takes the place of the old one: the old version, once more. */
  public Operation withNewJob(String job, int number) {
    return new Operation(action, step, pid, time, cluster, oldJob, trigger, savepoint, job, number);
  }
}
