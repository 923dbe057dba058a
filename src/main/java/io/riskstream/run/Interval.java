package io.riskstream.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

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
   * that cannot begin yet is said and left to the next; one that fails ends it.
   *
   * @param stop counted down by whoever wants it to end
   * @param out takes lines for the screen
   */
  public static void repeat(Step step, Duration interval, CountDownLatch stop, Consumer<String> out)
      throws Exception {
    while (stop.getCount() > 0) {
      var startNanos = System.nanoTime();
      try {
        step.run();
      } catch (NotYetException notYet) {
        out.accept(
            notYet.getMessage() + "\ntried again when the next run is due, every " + interval);
      }
      var left = interval.toNanos() - (System.nanoTime() - startNanos);
      if (stop.await(Math.max(0, left), TimeUnit.NANOSECONDS)) {
        return;
      }
    }
  }
}
