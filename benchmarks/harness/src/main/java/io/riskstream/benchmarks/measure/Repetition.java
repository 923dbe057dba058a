package io.riskstream.benchmarks.measure;

import java.util.List;
import java.util.OptionalLong;

/**
 * One drain of a topic by one contender.
 *
 * @param steps the looks at which its progress had moved
 * @param peakMemoryBytes the greatest that each of its processes has had resident, added up
 * @param serverMemoryBytes the same of the servers that it brings along
 * @param stateBytes of its newest checkpoint, or of its state on disk
 */
public record Repetition(
    SteadyPart steady,
    List<Sample> steps,
    long peakMemoryBytes,
    long serverMemoryBytes,
    OptionalLong stateBytes) {
  public Repetition {
    steps = List.copyOf(steps);
  }
}
