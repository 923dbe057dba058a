package io.riskstream.lifecycle.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Reports of jobs, each with what a test is about. */
public final class Reports {
  public static final String JOB = "0123456789abcdef0123456789abcdef";
  public static final long START_MILLIS = 1_000;
  public static final long NOW_MILLIS = 100_000;

  private Reports() {}

  /** Returns a job of which every task runs, and that has completed so many checkpoints. */
  public static JobReport running(long completed) {
    return report(JobState.RUNNING, 4, 0, completed, Optional.empty(), Map.of());
  }

  public static JobReport report(
      JobState state,
      int runningTasks,
      long restarts,
      long completed,
      Optional<String> restoredFrom,
      Map<String, String> parameters) {
    return new JobReport(
        JOB,
        "riskstream",
        state,
        START_MILLIS,
        NOW_MILLIS,
        0,
        4,
        runningTasks,
        2,
        128,
        restarts,
        completed,
        completed == 0
            ? Optional.empty()
            : Optional.of(
                new CheckpointReport(
                    completed,
                    NOW_MILLIS - 500,
                    1,
                    Duration.ofMillis(10),
                    "file:/c/chk-" + completed)),
        Optional.empty(),
        restoredFrom,
        parameters,
        Optional.empty());
  }
}
