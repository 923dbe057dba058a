package io.riskstream.chaos.watch;

/**
 * What Flink said of the job at one moment. Times are epoch milliseconds; counts are those of the
 * JobManager that answered, which begins at 0 when it takes the job over.
 *
 * @param atMillis when it was asked
 * @param jobManagerMillis when the JobManager that answered took the job over; 0: none answered
 * @param state of the job, empty where none answered
 * @param tasks how many there are
 * @param runningTasks how many of them run
 * @param restarts how often it was restored, from a savepoint at its start too
 * @param completedCheckpoints how many
 * @param failedCheckpoints how many
 * @param completed the newest completed checkpoint
 */
public record JobSample(
    long atMillis,
    long jobManagerMillis,
    String state,
    int tasks,
    int runningTasks,
    long restarts,
    long completedCheckpoints,
    long failedCheckpoints,
    CompletedCheckpoint completed) {

  /**
   * A completed checkpoint.
   *
   * @param id 0 if there is none
   * @param triggeredMillis when it began
   * @param acknowledgedMillis when the last task had acknowledged it
   */
  public record CompletedCheckpoint(long id, long triggeredMillis, long acknowledgedMillis) {
    static final CompletedCheckpoint NONE = new CompletedCheckpoint(0, 0, 0);
  }

  /** Returns the sample of a moment at which no JobManager answered. */
  static JobSample unanswered(long atMillis) {
    return new JobSample(atMillis, 0, "", 0, 0, 0, 0, 0, CompletedCheckpoint.NONE);
  }

  /** Returns whether a JobManager answered. */
  public boolean isAnswered() {
    return !state.isEmpty();
  }

  /** Returns whether every task runs. */
  public boolean isRunning() {
    return state.equals("RUNNING") && tasks > 0 && runningTasks == tasks;
  }
}
