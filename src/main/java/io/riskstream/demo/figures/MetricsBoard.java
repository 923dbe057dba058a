package io.riskstream.demo.figures;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;

/**
 * The metrics of the job that the demo shows, by name: those of the running tasks, and what the
 * tasks that are gone had counted in the end.
 */
public final class MetricsBoard {
  /** Whether a writer of the hot store is refused or finds nobody. */
  public static final String HOT_STORE_TROUBLE = "hotStoreTrouble";

  /** Whether users are missing in the hot store. */
  public static final String HOT_STORE_DEGRADED = "hotStoreDegraded";

  /** Users that the user operator showed the hot store again. */
  public static final String HOT_REBUILT = "hotRebuilt";

  /** Restarts of the job. */
  public static final String RESTARTS = "numRestarts";

  static final String ACCEPTED = "accepted";
  static final String DUPLICATE = "duplicate";
  static final String LATE = "late";
  static final String DEAD_LETTERED = "deadLettered";
  static final String HOT_STORE_LATENCY = "hotStoreLatencyMillis";

  /** Of the accounts: kept in the job's state, so that no record counts twice over a restart. */
  static final String RECEIVED_EXACT = "receivedTotal";

  static final String ACCEPTED_EXACT = "acceptedTotal";
  static final String DUPLICATE_EXACT = "duplicateTotal";
  static final String LATE_EXACT = "lateTotal";
  static final String DEAD_LETTERED_EXACT = "deadLetteredTotal";

  private static final String PROFILES_TIMELY = "profilesTimely";
  private static final String PROFILES_LATE = "profilesLate";
  private static final String PROFILES_DEAD_LETTERED = "profilesDeadLettered";
  private static final String REGISTRY_RETRIES = "registryRetries";

  private static final Set<String> SHOWN =
      Set.of(
          ACCEPTED,
          DUPLICATE,
          LATE,
          DEAD_LETTERED,
          HOT_STORE_LATENCY,
          HOT_STORE_TROUBLE,
          HOT_STORE_DEGRADED,
          HOT_REBUILT,
          RESTARTS,
          RECEIVED_EXACT,
          ACCEPTED_EXACT,
          DUPLICATE_EXACT,
          LATE_EXACT,
          DEAD_LETTERED_EXACT,
          PROFILES_TIMELY,
          PROFILES_LATE,
          PROFILES_DEAD_LETTERED,
          REGISTRY_RETRIES);

  private final Map<Metric, String> metrics = new ConcurrentHashMap<>();
  private final Map<String, Long> gone = new ConcurrentHashMap<>();

  void add(String name, Metric metric) {
    if (SHOWN.contains(name)) {
      metrics.put(metric, name);
    }
  }

  void remove(Metric metric) {
    var name = metrics.remove(metric);
    if (name != null && metric instanceof Counter counter) {
      gone.merge(name, counter.getCount(), Long::sum);
    }
  }

  /** Returns the sum of all counters of the name. */
  long sum(String counter) {
    return named(counter)
        .filter(Counter.class::isInstance)
        .mapToLong(metric -> ((Counter) metric).getCount())
        .sum();
  }

  /** Returns the sum of all counters of the name, those of tasks that are gone too. */
  public long sumEver(String counter) {
    return sum(counter) + gone.getOrDefault(counter, 0L);
  }

  /** Returns the greatest value of the gauges of the name; 0 if there are none. */
  public long greatest(String gauge) {
    return values(gauge).max().orElse(0);
  }

  /** Returns the sum of all gauges of the name. */
  long total(String gauge) {
    return values(gauge).sum();
  }

  /** Returns how many events the intake has counted, in whatever way. */
  public long counted() {
    return sum(ACCEPTED) + sum(DUPLICATE) + sum(LATE) + sum(DEAD_LETTERED);
  }

  /** Returns how many records of the profiles' topic were counted, in whatever way. */
  public long countedProfiles() {
    return sum(PROFILES_TIMELY) + sum(PROFILES_LATE) + sum(PROFILES_DEAD_LETTERED);
  }

  /** Returns how often the schema registry had to be asked again. */
  public long registryRetries() {
    return sum(REGISTRY_RETRIES);
  }

  /** Returns how many records the intake has ever counted, those that it read anew each time. */
  public long countedEver() {
    return sumEver(ACCEPTED) + sumEver(DUPLICATE) + sumEver(LATE) + sumEver(DEAD_LETTERED);
  }

  /** Returns the worst of the subtasks' quantiles, in milliseconds; 0 before the first value. */
  double latencyMillis(double quantile) {
    return named(HOT_STORE_LATENCY)
        .filter(Histogram.class::isInstance)
        .map(metric -> ((Histogram) metric).getStatistics())
        .filter(statistics -> statistics.size() > 0)
        .mapToDouble(statistics -> statistics.getQuantile(quantile))
        .max()
        .orElse(0);
  }

  private LongStream values(String gauge) {
    return named(gauge)
        .filter(Gauge.class::isInstance)
        .map(metric -> ((Gauge<?>) metric).getValue())
        .filter(Number.class::isInstance)
        .mapToLong(value -> ((Number) value).longValue());
  }

  private Stream<Metric> named(String name) {
    return metrics.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(Map.Entry::getKey);
  }
}
