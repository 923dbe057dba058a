package io.riskstream.benchmarks.contender.spark;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How far several readers of one topic have come together. Their processor time is that of all of
 * them, so that the slowest alone would be charged with what the others are ahead.
 */
final class MeanProgress {
  private MeanProgress() {}

  /** Returns the mean offset of each partition; one that has not begun it is at 0. */
  static Map<Integer, Long> of(Collection<Map<Integer, Long>> readers) {
    return readers.stream()
        .flatMap(offsets -> offsets.keySet().stream())
        .distinct()
        .collect(
            Collectors.toMap(
                partition -> partition,
                partition ->
                    readers.stream().mapToLong(each -> each.getOrDefault(partition, 0L)).sum()
                        / readers.size()));
  }
}
