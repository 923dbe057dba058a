package io.riskstream.benchmarks.report;

import io.riskstream.benchmarks.contender.Contender.Role;
import io.riskstream.benchmarks.measure.PairedRatio;
import java.util.List;

/**
 * The worst repetition of one of ours beside another contender's best.
 *
 * @param inTurn of events in the processor time of the control's steps, each repetition beside the
 *     other's of the same turn
 */
public record Ratio(
    String of, String to, double eventsPerSecond, double eventsPerCpuSecond, PairedRatio inTurn) {
  /** Returns those to every other, of all that are ranked and have a steady part. */
  public static List<Ratio> of(List<Standing> standings) {
    var ranked =
        standings.stream()
            .filter(standing -> standing.isRanked() && !standing.hasNoSteadyPart())
            .toList();
    return ranked.stream()
        .filter(standing -> standing.role() == Role.OURS)
        .flatMap(
            ours ->
                ranked.stream()
                    .filter(other -> other.role() != Role.OURS)
                    .map(other -> of(ours, other)))
        .toList();
  }

  private static Ratio of(Standing ours, Standing other) {
    return new Ratio(
        ours.name(),
        other.name(),
        ours.eventsPerSecond().min() / other.eventsPerSecond().max(),
        ours.eventsPerCpuSecond().min() / other.eventsPerCpuSecond().max(),
        PairedRatio.of(inTurn(ours), inTurn(other)));
  }

  private static List<Double> inTurn(Standing standing) {
    return standing.repetitions().stream()
        .map(repetition -> repetition.steady().eventsPerBillionControlSteps())
        .toList();
  }
}
