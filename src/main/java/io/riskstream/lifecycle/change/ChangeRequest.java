package io.riskstream.lifecycle.change;

import io.riskstream.lifecycle.program.JobJar;
import java.util.List;

/**
 * A program in the place of another.
 *
 * @param action upgrade, rollback or rescale
 * @param oldJob id
 * @param former what runs
 * @param next what is to run
 * @param health by which it is judged
 * @param savepointsOrNull folder of savepoints; null for the cluster's own
 */
public record ChangeRequest(
    String action,
    String oldJob,
    Program former,
    Program next,
    Health health,
    String savepointsOrNull) {

  /**
   * A jar as it is run.
   *
   * @param parallelism 0 for that of the configuration
   * @param rollback number of the deployment that a rollback of it goes to; 0 for none
   */
  public record Program(JobJar jar, List<String> arguments, int parallelism, int rollback) {
    public Program {
      arguments = List.copyOf(arguments);
    }
  }
}
