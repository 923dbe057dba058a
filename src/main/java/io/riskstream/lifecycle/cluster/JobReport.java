package io.riskstream.lifecycle.cluster;

import java.util.Map;
import java.util.Optional;

/**
 * How a job is, at one moment.
 *
 * @param startMillis when it was started; another value than before tells of a JobManager that died
 * @param nowMillis the JobManager's clock
 * @param endMillis when its last task ended; 0 if one has not
 * @param restarts since it was started; may be some seconds old, but is never 0 after one
 * @param completed number of checkpoints since it was started, savepoints among them
 * @param checkpoint the newest complete checkpoint
 * @param savepoint the newest complete savepoint
 * @param restoredFrom the path that it has last gone on from
 * @param parameters what the job says of itself (Flink's global job parameters)
 * @param failure the newest failure
 */
public record JobReport(
    String id,
    String name,
    JobState state,
    long startMillis,
    long nowMillis,
    long endMillis,
    int tasks,
    int runningTasks,
    int parallelism,
    int maxParallelism,
    long restarts,
    long completed,
    Optional<CheckpointReport> checkpoint,
    Optional<CheckpointReport> savepoint,
    Optional<String> restoredFrom,
    Map<String, String> parameters,
    Optional<String> failure) {

  /** Key of the parameter that holds the version of the job's code. */
  public static final String VERSION = "riskstream.version";

  /** Returns whether every task runs. */
  public boolean isWholeRunning() {
    return state == JobState.RUNNING && tasks > 0 && runningTasks == tasks;
  }

  /** Returns the version of its code, or that it says none. */
  public String version() {
    return parameters.getOrDefault(VERSION, "unknown");
  }
}
