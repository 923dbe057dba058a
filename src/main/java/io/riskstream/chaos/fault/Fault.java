package io.riskstream.chaos.fault;

import io.riskstream.chaos.stage.DiskPlace;
import io.riskstream.chaos.stage.Stage;
import java.io.IOException;
import java.util.Optional;

/**
 * Something that goes wrong on a stage, once. For one thread: {@link #strike}, then {@link #end}
 * when it has lasted long enough, then, once the job has recovered, {@link #proof}. The proof comes
 * from the servers and the job, never from the fact that the fault was meant to hit. A stage whose
 * job is not watched ({@link Stage#watch}) cannot be hit.
 */
public interface Fault {
  /** Returns what has to lie on a small disk from the start of the stage, if anything. */
  default Optional<DiskPlace> smallDisk() {
    return Optional.empty();
  }

  /**
   * Brings it about; returns once it is there, or once it is known that it will not be (then there
   * is no proof). A fault that waits for its moment gives up after a bound of its own.
   *
   * @throws IOException if a server cannot be reached by what is to hit it
   */
  void strike(Stage stage) throws IOException, InterruptedException;

  /**
   * Takes it away: what was killed runs again, what was cut is connected. Does nothing where there
   * is nothing to take away; may be called again.
   */
  void end(Stage stage) throws IOException, InterruptedException;

  /** Returns what shows that it hit, or why nothing does. */
  Proof proof(Stage stage) throws IOException, InterruptedException;
}
