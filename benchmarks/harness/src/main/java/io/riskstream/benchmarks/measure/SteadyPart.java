package io.riskstream.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * What a progress curve says once the warm-up is over. Its ends are looks at which the position had
 * just moved, since progress that is committed in steps says nothing between them.
 *
 * @param isWhole whether its steps were too few or too near to each other, or it stood still at the
 *     end, and it is the whole run from its start
 */
public record SteadyPart(Sample from, Sample to, boolean isWhole) {
  /**
   * Once one partition is behind this share of its records the rest may be the work of fewer tasks;
   * and the offsets of a partition that has ended may be committed 10 seconds late, as Flink's
   * source commits between two polls, and waits so long in one (FLINK-40367).
   */
  public static final double END = 0.95;

  /** Less of it than this, between two commits, is chance. */
  public static final double LEAST = 0.2;

  /**
   * About where the slowest contender's code has been compiled in the end, as work that comes later
   * in event time is compiled later: rows of ten minutes are final after 0.8 million.
   */
  public static final long COMPILED_RECORDS = 2_000_000;

  /** Nobody commits less often without a reason. */
  private static final double STAND_SECONDS = 2;

  private static final Sample START = new Sample(0, new Progress(0, 0), 0, 0, Control.Reading.NONE);

  /**
   * Cuts it out.
   *
   * @param looks in their order
   * @param records that were drained by the last of them
   * @param warmUp the share of them that comes before it
   */
  public static SteadyPart of(List<Sample> looks, long records, double warmUp) {
    var steps = steps(looks);
    var inside =
        steps.stream()
            .filter(
                step -> step.position() >= warmUp * records && step.progress().furthest() <= END)
            .toList();
    if (inside.size() >= 2) {
      var steady = new SteadyPart(inside.get(0), inside.get(inside.size() - 1), false);
      if (steady.events() >= LEAST * records && !standsStill(steps, looks.get(looks.size() - 1))) {
        return steady;
      }
    }
    return new SteadyPart(START, looks.get(looks.size() - 1), true);
  }

  /** Returns whether it had stood for much longer at the last look than ever between two steps. */
  private static boolean standsStill(List<Sample> steps, Sample last) {
    var longest = STAND_SECONDS;
    for (var i = 1; i < steps.size(); i++) {
      longest = Math.max(longest, steps.get(i).seconds() - steps.get(i - 1).seconds());
    }
    return last.seconds() - steps.get(steps.size() - 1).seconds() > 2 * longest;
  }

  /** Returns the looks at which the position had moved. */
  public static List<Sample> steps(List<Sample> looks) {
    var steps = new ArrayList<Sample>();
    var before = 0L;
    for (var look : looks) {
      if (look.position() > before) {
        steps.add(look);
        before = look.position();
      }
    }
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a curve without progress");
    }
    return List.copyOf(steps);
  }

  public double eventsPerSecond() {
    return events() / (to.seconds() - from.seconds());
  }

  public double eventsPerCpuSecond() {
    return events() / (to.cpuSeconds() - from.cpuSeconds());
  }

  /** Returns the processor time of the servers for each second of the contender's own. */
  public double serverCpuShare() {
    return (to.serverCpuSeconds() - from.serverCpuSeconds())
        / (to.cpuSeconds() - from.cpuSeconds());
  }

  /**
   * Returns the events in as much processor time as the control takes for 10⁹ steps: where a
   * neighbour slows both to a half it is the same.
   */
  public double eventsPerBillionControlSteps() {
    return eventsPerCpuSecond() * controlCost().integerNanos();
  }

  /** Returns what the control's work has taken meanwhile. */
  public Control.Cost controlCost() {
    return to.control().since(from.control());
  }

  private double events() {
    return to.position() - from.position();
  }
}
