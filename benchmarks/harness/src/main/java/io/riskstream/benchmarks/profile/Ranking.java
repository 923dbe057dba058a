package io.riskstream.benchmarks.profile;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the samples of a profile were of, the most first. A sample counts for the method of ours
 * that is nearest to its top, whatever that has called; one without for the part of the platform
 * that its thread or stack belongs to.
 */
public record Ranking(List<Row> rows, long samples) {
  private static final String OURS = "io/riskstream/";

  /** By the first that is found in a stack without a method of ours. */
  private static final List<Map.Entry<String, String>> PLATFORM =
      List.of(
          Map.entry("CompilerThread", "JIT compiler"),
          Map.entry("GC Thread", "garbage collector"),
          Map.entry("G1 ", "garbage collector"),
          Map.entry("VM Thread", "JVM"),
          Map.entry("rocksdb", "RocksDB in the background"),
          Map.entry("org/apache/kafka/clients/consumer", "Kafka's consumer"),
          Map.entry("org/apache/flink/connector/kafka", "Kafka's consumer"),
          Map.entry("org/apache/kafka", "Kafka's producer"),
          Map.entry("org/apache/flink/runtime/io/network", "Flink's network"),
          Map.entry("netty", "Flink's network"),
          Map.entry("org/apache/parquet", "Parquet"),
          Map.entry("pekko", "Flink's RPC"),
          Map.entry("org/apache/flink/runtime/checkpoint", "checkpoints"),
          Map.entry("org/apache/flink", "Flink's tasks"));

  /**
   * One line.
   *
   * @param share of all samples, from 0 to 1
   */
  public record Row(String what, double share) {}

  public Ranking {
    rows = List.copyOf(rows);
  }

  /** Reads stacks as async-profiler writes them: frames from the bottom, and how often. */
  public static Ranking of(Stream<String> collapsed) {
    Map<String, Long> counts = new HashMap<>();
    collapsed
        .filter(line -> !line.isBlank())
        .forEach(
            line -> {
              var at = line.lastIndexOf(' ');
              var count = Long.parseLong(line.substring(at + 1).strip());
              counts.merge(what(line.substring(0, at)), count, Long::sum);
            });
    var samples = counts.values().stream().mapToLong(Long::longValue).sum();
    var rows =
        counts.entrySet().stream()
            .map(entry -> new Row(entry.getKey(), (double) entry.getValue() / samples))
            .sorted(Comparator.comparingDouble(Row::share).reversed().thenComparing(Row::what))
            .toList();
    return new Ranking(rows, samples);
  }

  /** Returns the first rows as text, a share and a name each. */
  public String text(int most) {
    var text = new StringBuilder();
    text.append("samples ").append(samples).append('\n');
    for (var row : rows.subList(0, Math.min(most, rows.size()))) {
      text.append(String.format(Locale.ROOT, "%5.1f %%  %s%n", row.share() * 100, row.what()));
    }
    return text.toString();
  }

  private static String what(String stack) {
    var frames = stack.split(";", -1);
    for (var at = frames.length - 1; at >= 0; at--) {
      var frame = frames[at].replaceAll("_\\[[0-9a-z]]$", "");
      if (frame.startsWith(OURS)) {
        return frame.substring(frame.lastIndexOf('/') + 1);
      }
    }
    return PLATFORM.stream()
        .filter(part -> stack.contains(part.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("other");
  }
}
