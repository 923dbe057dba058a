package io.riskstream.lifecycle.change;

import io.riskstream.lifecycle.cluster.LifecycleException;
import io.riskstream.lifecycle.cluster.Progress;

/** Shows each step of a change, and how long it took, also where it fails. */
final class Steps {
  private final Progress progress;

  Steps(Progress progress) {
    this.progress = progress;
  }

  /** A step. */
  @FunctionalInterface
  interface Step<T> {
    T take() throws LifecycleException, InterruptedException;
  }

  <T> T time(String what, Step<T> step) throws LifecycleException, InterruptedException {
    progress.line(what + " …");
    var startNanos = System.nanoTime();
    var outcome = "not done";
    try {
      var taken = step.take();
      outcome = "done";
      return taken;
    } finally {
      progress.line("  %s after %.1f s".formatted(outcome, (System.nanoTime() - startNanos) / 1e9));
    }
  }
}
