package io.riskstream.chaos.watch;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long the job needed to be as before a fault: every task runs, and a checkpoint that was
 * triggered after the last trouble is complete.
 *
 * @param sinceStrike from the strike
 * @param sinceEnd from the end of the fault
 */
public record Recovery(Duration sinceStrike, Duration sinceEnd) {

  /**
   * Returns the recovery, if it has happened.
   *
   * @param samples in order of time
   * @param struckMillis when the fault struck
   * @param endedMillis when it was taken away
   */
  static Optional<Recovery> of(List<JobSample> samples, long struckMillis, long endedMillis) {
    var troubledMillis = endedMillis;
    var isRunning = false;
    for (var sample : samples) {
      if (sample.atMillis() >= struckMillis) {
        isRunning = sample.isRunning();
        if (!isRunning) {
          troubledMillis = Math.max(troubledMillis, sample.atMillis());
        }
      }
    }
    if (!isRunning) {
      return Optional.empty();
    }
    for (var sample : samples) {
      var completed = sample.completed();
      if (completed.triggeredMillis() >= troubledMillis) {
        var whenMillis = completed.acknowledgedMillis();
        return Optional.of(
            new Recovery(
                Duration.ofMillis(whenMillis - struckMillis),
                Duration.ofMillis(whenMillis - endedMillis)));
      }
    }
    return Optional.empty();
  }
}
