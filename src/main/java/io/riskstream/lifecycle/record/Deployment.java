package io.riskstream.lifecycle.record;

import java.util.List;

/**
 * One submission.
 *
 * @param number counts up from 1
 * @param action by which it came to be: submit, upgrade, rollback, rescale or return
 * @param time ISO-8601, UTC
 * @param cluster host:port it was submitted to
 * @param jar name of the copy in the record
 * @param arguments of the program; a configuration file among them is the record's copy
 * @param parallelism 0 for that of the configuration
 * @param savepoint that it started from; empty for none
 * @param former number of the deployment that a rollback of it goes back to; 0 for none
 */
public record Deployment(
    int number,
    String action,
    String time,
    String cluster,
    String jobId,
    String jobName,
    String version,
    String jar,
    List<String> arguments,
    int parallelism,
    String savepoint,
    int former) {
  public Deployment {
    arguments = List.copyOf(arguments);
  }

  /** Returns whether both run the same code with the same settings. */
  public boolean isSameProgram(Deployment other) {
    return jar.equals(other.jar) && arguments.equals(other.arguments);
  }
}
