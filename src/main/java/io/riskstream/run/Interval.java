package io.riskstream.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs again and again, each begun the given time after the one before, until told to stop. */
public final class Interval {
  /** Runs once. */
  public interface Step {
    /** Runs once. */
    AvailableNow.Ending run() throws Exception;
  }

  private Interval() {}

  /**
   * Repeats the run. One that takes longer than the interval is followed by the next at once; one
   * that fails ends it.
   *
   * @param stop counted down by whoever wants it to end
   */
  public static void repeat(Step step, Duration interval, CountDownLatch stop) throws Exception {
    while (stop.getCount() > 0) {
      var startNanos = System.nanoTime();
      step.run();
      var left = interval.toNanos() - (System.nanoTime() - startNanos);
      if (stop.await(Math.max(0, left), TimeUnit.NANOSECONDS)) {
        return;
      }
    }
  }
}
