package io.riskstream.benchmarks.contender.spark;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** What several readers of one topic have all behind them. */
final class LeastProgress {
  private LeastProgress() {}

  /** Returns the least offset of each partition; a partition that one has not begun is absent. */
  static Map<Integer, Long> of(Collection<Map<Integer, Long>> readers) {
    return readers.stream()
        .flatMap(offsets -> offsets.keySet().stream())
        .distinct()
        .filter(partition -> readers.stream().allMatch(each -> each.containsKey(partition)))
        .collect(
            Collectors.toMap(
                partition -> partition,
                partition ->
                    readers.stream().mapToLong(each -> each.get(partition)).min().orElseThrow()));
  }
}
