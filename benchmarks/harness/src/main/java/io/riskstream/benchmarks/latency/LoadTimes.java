package io.riskstream.benchmarks.latency;

import io.riskstream.benchmarks.workload.Size;
import java.time.Duration;

/**
 * How long a load is sent.
 *
 * @param warmUp from its begin, in which nothing is counted
 * @param measured after that
 */
public record LoadTimes(Duration warmUp, Duration measured) {
  /** Of a load on a job that is compiled. */
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  /** Returns the usual ones of a run of this size. */
  public static LoadTimes of(Size size) {
    return new LoadTimes(
        WARM_UP,
        switch (size) {
          case FULL -> Duration.ofSeconds(30);
          case QUICK -> Duration.ofSeconds(10);
          case SMOKE -> Duration.ofSeconds(5);
        });
  }

  /** Returns those for a job of which nothing is known: it may have been started just now. */
  public static LoadTimes ofDeployed(Size size) {
    var usual = of(size);
    return size == Size.FULL ? new LoadTimes(Duration.ofMinutes(2), usual.measured) : usual;
  }

  /** Returns how long events are sent. */
  Duration length() {
    return warmUp.plus(measured);
  }
}
