package io.riskstream.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, never for a time; a condition that does not come fails by its name. */
public final class Await {
  /** For what never comes: on a slow machine a restarted JobManager took more than 30 s. */
  private static final Duration LONGEST = Duration.ofSeconds(90);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

  private Await() {}

  /** Returns once the condition holds. */
  public static void until(String condition, BooleanSupplier holds) {
    until(condition, () -> "it does not hold", holds);
  }

  /** Returns once the condition holds; if it does not come, the failure says what was found. */
  public static void until(String condition, Supplier<String> found, BooleanSupplier holds) {
    var start = System.nanoTime();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - start > LONGEST.toNanos()) {
        throw new AssertionError("not within " + LONGEST + ": " + condition + "; " + found.get());
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }
}
