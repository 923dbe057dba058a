package io.riskstream.lifecycle.cluster;

import java.util.Locale;

/** Flink's states of a job, as far as they differ for whoever waits. */
public enum JobState {
  /** It may run, or come to run: it also restarts, or is being created. */
  INITIALIZING,
  CREATED,
  RUNNING,
  RESTARTING,
  FAILING,
  CANCELLING,
  RECONCILING,
  SUSPENDED,
  /** It has ended for ever. */
  FINISHED,
  CANCELED,
  FAILED;

  static JobState of(String text) {
    try {
      return valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException newer) {
      return RECONCILING;
    }
  }

  /** Returns whether it has ended for ever. */
  public boolean hasEnded() {
    return this == FINISHED || this == CANCELED || this == FAILED;
  }
}
