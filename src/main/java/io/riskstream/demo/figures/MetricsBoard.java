package io.riskstream.demo.figures;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;

/**
 * The live metrics of the running tasks that the demo shows, by name; what a task counted is gone
 * when the task is.
 */
public final class MetricsBoard {
  static final String ACCEPTED = "accepted";
  static final String DUPLICATE = "duplicate";
  static final String LATE = "late";
  static final String DEAD_LETTERED = "deadLettered";
  static final String HOT_STORE_LATENCY = "hotStoreLatencyMillis";

  private static final String REGISTRY_RETRIES = "registryRetries";

  private static final Set<String> SHOWN =
      Set.of(ACCEPTED, DUPLICATE, LATE, DEAD_LETTERED, HOT_STORE_LATENCY, REGISTRY_RETRIES);

  private final Map<Metric, String> metrics = new ConcurrentHashMap<>();

  void add(String name, Metric metric) {
    if (SHOWN.contains(name)) {
      metrics.put(metric, name);
    }
  }

  void remove(Metric metric) {
    metrics.remove(metric);
  }

  /** Returns the sum of all counters of the name. */
  long sum(String counter) {
    return metrics.entrySet().stream()
        .filter(entry -> entry.getValue().equals(counter))
        .map(Map.Entry::getKey)
        .filter(Counter.class::isInstance)
        .mapToLong(metric -> ((Counter) metric).getCount())
        .sum();
  }

  /** Returns how many records the intake has counted, in whatever way. */
  public long counted() {
    return sum(ACCEPTED) + sum(DUPLICATE) + sum(LATE) + sum(DEAD_LETTERED);
  }

  /** Returns how often the schema registry had to be asked again. */
  public long registryRetries() {
    return sum(REGISTRY_RETRIES);
  }

  /** Returns the worst of the subtasks' quantiles, in milliseconds; 0 before the first value. */
  double latencyMillis(double quantile) {
    return metrics.keySet().stream()
        .filter(Histogram.class::isInstance)
        .map(metric -> ((Histogram) metric).getStatistics())
        .filter(statistics -> statistics.size() > 0)
        .mapToDouble(statistics -> statistics.getQuantile(quantile))
        .max()
        .orElse(0);
  }
}
