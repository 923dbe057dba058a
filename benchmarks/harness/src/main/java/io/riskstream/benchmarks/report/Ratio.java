package io.riskstream.benchmarks.report;

import io.riskstream.benchmarks.contender.Contender.Role;
import java.util.List;

/** The worst repetition of one of ours beside another contender's best. */
public record Ratio(String of, String to, double eventsPerSecond, double eventsPerCpuSecond) {
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
        ours.eventsPerCpuSecond().min() / other.eventsPerCpuSecond().max());
  }
}
