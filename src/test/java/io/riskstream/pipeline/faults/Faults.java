package io.riskstream.pipeline.faults;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The one fault that is armed, and what has been seen of it. Static, because Flink ships operators
 * by value and runs them in this JVM; one test at a time may use it.
 */
final class Faults {
  private static final AtomicReference<Fault> ARMED = new AtomicReference<>();
  private static final Set<Fault> SEEN = ConcurrentHashMap.newKeySet();

  /** A component of the graph, by its uid, and a phase. */
  record Fault(String component, Phase phase) {}

  private Faults() {}

  static void reset() {
    ARMED.set(null);
    SEEN.clear();
  }

  /** Lets the next passage through the place fail, once. */
  static void arm(Fault fault) {
    ARMED.set(fault);
  }

  static boolean isArmed() {
    return ARMED.get() != null;
  }

  /** Returns the places that the job has passed through since the reset. */
  static Set<Fault> seen() {
    return Set.copyOf(SEEN);
  }

  /** Lets a passage be new again. */
  static void forget(Fault passage) {
    SEEN.remove(passage);
  }

  private static boolean disarm() {
    return ARMED.getAndSet(null) != null;
  }

  /** Notes the passage, and fails it if this is the fault that is armed. */
  static void pass(String component, String method, boolean isAfterCall) {
    for (var phase : Phase.values()) {
      if (phase.strikes(method, isAfterCall)) {
        var fault = new Fault(component, phase);
        SEEN.add(fault);
        if (fault.equals(ARMED.get()) && disarm()) {
          throw new IllegalStateException("injected: " + fault);
        }
      }
    }
  }
}
