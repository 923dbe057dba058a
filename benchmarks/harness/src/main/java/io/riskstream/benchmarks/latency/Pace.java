package io.riskstream.benchmarks.latency;

import io.riskstream.benchmarks.measure.Control;
import io.riskstream.benchmarks.measure.Progress;
import io.riskstream.benchmarks.measure.Sample;
import io.riskstream.benchmarks.measure.SteadyPart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How many events a job commits each second, once the warm-up is over. */
final class Pace implements Observer.Look {
  private static final long POLL_MILLIS = 50;

  private final Committed job;
  private final LongSupplier nanos;
  private final double fromSeconds;
  private final List<Sample> looks = new ArrayList<>();

  /** What a job has committed. */
  @FunctionalInterface
  interface Committed {
    Progress progress() throws IOException;
  }

  /**
   * @param nanos what time it is
   * @param fromNanos when the warm-up is over
   */
  Pace(Committed job, LongSupplier nanos, long fromNanos) {
    this.job = job;
    this.nanos = nanos;
    this.fromSeconds = fromNanos / 1e9;
  }

  @Override
  public void look() throws IOException, InterruptedException {
    looks.add(new Sample(nanos.getAsLong() / 1e9, job.progress(), 0, 0, Control.Reading.NONE));
    TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
  }

  /**
   * Returns it, once nobody looks any more.
   *
   * @throws IOException if its progress did not move twice
   */
  double eventsPerSecond() throws IOException {
    var steps =
        SteadyPart.steps(looks).stream().filter(step -> step.seconds() >= fromSeconds).toList();
    if (steps.size() < 2) {
      throw new IOException("the job commits next to nothing while events are sent");
    }
    return new SteadyPart(steps.get(0), steps.get(steps.size() - 1), false).eventsPerSecond();
  }
}
