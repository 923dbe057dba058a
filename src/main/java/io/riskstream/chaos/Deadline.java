package io.riskstream.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Until when a scenario has to be over; every wait of it asks here. */
final class Deadline {
  private static final Duration POLL = Duration.ofMillis(100);

  /** Something that may come true, or show that it never will. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  private final Duration limit;
  private final long startNanos = System.nanoTime();

  Deadline(Duration limit) {
    this.limit = limit;
  }

  /** Returns the time since the start. */
  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /** Returns whether nothing is left. */
  boolean isOver() {
    return elapsed().compareTo(limit) > 0;
  }

  /**
   * Waits until it holds, and looks at it often.
   *
   * @param what for the message
   * @throws IOException if the time is over before
   */
  void await(String what, Condition condition) throws IOException, InterruptedException {
    while (!condition.holds()) {
      if (isOver()) {
        throw new IOException(
            "after %d s, the limit of the scenario, it is still waited until %s"
                .formatted(limit.toSeconds(), what));
      }
      pause();
    }
  }

  /** Lets some time pass between two looks. */
  static void pause() throws InterruptedException {
    LockSupport.parkNanos(POLL.toNanos());
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
