package io.riskstream.benchmarks.latency;

import io.riskstream.benchmarks.contender.ContenderRun;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How many events a job commits each second, once the warm-up is over: between the first and the
 * last look at which its progress had moved, as it moves in steps.
 */
final class Pace implements Observer.Look {
  private static final long POLL_MILLIS = 50;

  private final Records records;
  private final LongSupplier nanos;
  private final long fromNanos;
  private Step before;
  private Step first;
  private Step last;

  private record Step(long nanos, long records) {}

  /** What a job has committed. */
  @FunctionalInterface
  interface Records {
    long committed() throws IOException;
  }

  /**
   * @param nanos what time it is
   * @param fromNanos when the warm-up is over
   */
  Pace(Records records, LongSupplier nanos, long fromNanos) {
    this.records = records;
    this.nanos = nanos;
    this.fromNanos = fromNanos;
  }

  static Pace of(ContenderRun job, LongSupplier nanos, long fromNanos) {
    return new Pace(() -> job.progress().records(), nanos, fromNanos);
  }

  @Override
  public void look() throws IOException, InterruptedException {
    var now = new Step(nanos.getAsLong(), records.committed());
    if (now.nanos() >= fromNanos && before != null && now.records() > before.records()) {
      last = now;
      first = first == null ? now : first;
    }
    before = now;
    TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
  }

  /**
   * Returns it, once nobody looks any more.
   *
   * @throws IOException if there were no two steps
   */
  double eventsPerSecond() throws IOException {
    if (first == null || first.equals(last)) {
      throw new IOException("the job commits next to nothing while events are sent");
    }
    return (last.records() - first.records()) * 1e9 / (last.nanos() - first.nanos());
  }
}
