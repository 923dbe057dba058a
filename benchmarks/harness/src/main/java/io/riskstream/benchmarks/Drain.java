package io.riskstream.benchmarks;

import io.riskstream.benchmarks.contender.ContenderRun;
import io.riskstream.benchmarks.measure.Control;
import io.riskstream.benchmarks.measure.ProcessTree;
import io.riskstream.benchmarks.measure.Repetition;
import io.riskstream.benchmarks.measure.Sample;
import io.riskstream.benchmarks.measure.SteadyPart;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

/** Looks at a contender from outside until it has drained its topic. */
final class Drain {
  private static final long POLL_MILLIS = 100;
  private static final int POLLS_BETWEEN_QUESTIONS = 20;
  private static final double LONGEST_STAND_SECONDS = Duration.ofMinutes(2).toSeconds();

  /**
   * When a repetition may end before the topic does.
   *
   * @param records drained, and no sooner than after
   * @param least from the first commit on
   * @param longest from then on, however few records that are
   */
  record Enough(long records, Duration least, Duration longest) {
    boolean isReached(long position, double seconds) {
      return seconds >= longest.toSeconds()
          || (position >= records && seconds >= least.toSeconds());
    }
  }

  private final ProcessTree processes = new ProcessTree();
  private final ContenderRun run;
  private final long records;
  private final double warmUp;
  private final long startNanos;

  /**
   * @param warmUp the share of what is drained that is not measured
   * @param startNanos when it was started, by {@link System#nanoTime}
   */
  Drain(ContenderRun run, long records, double warmUp, long startNanos) {
    this.run = run;
    this.records = records;
    this.warmUp = warmUp;
    this.startNanos = startNanos;
  }

  /**
   * Looks until the topic is drained, or nothing more can be learned.
   *
   * @param enoughOrNull null for the topic to be drained in any case
   * @throws IOException if the contender ends before, or stands still for too long
   */
  Repetition measure(Enough enoughOrNull) throws Exception {
    try (var control = new Control()) {
      return measure(enoughOrNull, control);
    }
  }

  private Repetition measure(Enough enoughOrNull, Control control) throws Exception {
    var looks = new ArrayList<Sample>();
    var moved = seconds();
    var first = Double.POSITIVE_INFINITY;
    for (var look = look(control); !isOver(look, first, enoughOrNull); look = look(control)) {
      if (first == Double.POSITIVE_INFINITY && look.position() > 0) {
        first = look.seconds();
      }
      if (looks.isEmpty() || !look.progress().equals(looks.get(looks.size() - 1).progress())) {
        moved = look.seconds();
      }
      looks.add(look);
      if (looks.size() % POLLS_BETWEEN_QUESTIONS == 0) {
        run.requireAlive();
      }
      if (look.seconds() - moved > LONGEST_STAND_SECONDS) {
        throw new IOException(
            "it stands at %d of %d records".formatted(look.progress().records(), records));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    looks.add(look(control));
    var drained = Math.min(records, looks.get(looks.size() - 1).position());
    var steady = SteadyPart.of(looks, drained, warmUp);
    if (steady.to().control().rounds() == steady.from().control().rounds()) {
      throw new IOException("the control has not worked beside it, so that nothing can be said");
    }
    return new Repetition(
        steady,
        SteadyPart.steps(looks),
        processes.peakMemoryBytes(run.processes()),
        processes.peakMemoryBytes(run.servers()),
        run.stateBytes());
  }

  private boolean isOver(Sample look, double first, Enough enoughOrNull) {
    return look.position() >= records
        || (enoughOrNull != null
            && (look.progress().furthest() > SteadyPart.END
                || enoughOrNull.isReached(look.position(), look.seconds() - first)));
  }

  private Sample look(Control control) throws IOException {
    var progress = run.progress();
    return new Sample(
        seconds(),
        progress,
        processes.cpuSeconds(run.processes()),
        processes.cpuSeconds(run.servers()),
        control.reading());
  }

  private double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
