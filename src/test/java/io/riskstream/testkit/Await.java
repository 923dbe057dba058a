package io.riskstream.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition, never for a time; a condition that does not come fails by its name. */
public final class Await {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

  private Await() {}

  /** Returns once the condition holds. */
  public static void until(String condition, BooleanSupplier holds) {
    var start = System.nanoTime();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - start > LONGEST.toNanos()) {
        throw new AssertionError("not within " + LONGEST + ": " + condition);
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }
}
