package io.riskstream.benchmarks.latency;

import io.riskstream.benchmarks.latency.RateReport.Percentiles;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Probes that wait to be seen in one place. Each is seen once, however many of its key are open;
 * its latency counts from when it was to be sent, and those of the warm-up are awaited but not
 * counted. All times are nanoseconds since the start of the load. Safe for use by several threads.
 */
final class OpenProbes {
  private static final int DIGITS = 3;
  private static final long LEAST_BETWEEN_LOOKS_NANOS = Duration.ofMillis(1).toNanos();

  /** Of the age of what is looked for: so often is enough for a resolution of 1 %. */
  private static final long LOOKS_PER_AGE = 100;

  private final Map<String, Probes> byKey = new LinkedHashMap<>();
  private final Histogram micros = new Histogram(DIGITS);
  private final long countedFromNanos;
  private long unseen;

  /** Those of one key, in the order in which they are sent and so become visible. */
  private static final class Probes {
    private final Deque<Long> open = new ArrayDeque<>();
    private long seen;
    private long nextLookNanos;
  }

  /**
   * @param countedFromNanos probes that are due before are of the warm-up
   */
  OpenProbes(long countedFromNanos) {
    this.countedFromNanos = countedFromNanos;
  }

  /** Takes note of a probe that will be sent. */
  synchronized void opened(String key, long dueNanos) {
    byKey.computeIfAbsent(key, unknown -> new Probes()).open.add(dueNanos);
    unseen++;
  }

  /**
   * Takes note that a reader sees the first probes of a key; keys of others are passed over.
   *
   * @param total how many, those included that were seen before
   */
  synchronized void seen(String key, long total, long nowNanos) {
    var probes = byKey.get(key);
    if (probes == null) {
      return;
    }
    while (probes.seen < total) {
      var dueNanos = probes.open.poll();
      if (dueNanos == null || dueNanos > nowNanos) {
        throw new IllegalStateException(
            "%d probes of %s are visible, but only %d were due".formatted(total, key, probes.seen));
      }
      probes.seen++;
      unseen--;
      if (dueNanos >= countedFromNanos) {
        micros.recordValue(TimeUnit.NANOSECONDS.toMicros(nowNanos - dueNanos));
      }
    }
  }

  /**
   * Returns the keys to look for now: those with a probe that is due, each once a millisecond, or
   * at 1 % of the probe's age if that is more, so that the slow are not slowed down by looks.
   */
  synchronized List<String> toLookFor(long nowNanos) {
    var keys = new ArrayList<String>();
    byKey.forEach(
        (key, probes) -> {
          var dueNanos = probes.open.peek();
          if (dueNanos != null && dueNanos <= nowNanos && probes.nextLookNanos <= nowNanos) {
            keys.add(key);
            var age = nowNanos - dueNanos;
            probes.nextLookNanos =
                nowNanos + Math.max(LEAST_BETWEEN_LOOKS_NANOS, age / LOOKS_PER_AGE);
          }
        });
    return keys;
  }

  /** Returns how many have not been seen yet. */
  synchronized long unseen() {
    return unseen;
  }

  /** Returns the first key with a probe that has not been seen; empty if there is none. */
  synchronized String firstUnseen() {
    return byKey.entrySet().stream()
        .filter(entry -> !entry.getValue().open.isEmpty())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }

  synchronized Percentiles latencies() {
    return Percentiles.ofMicros(micros);
  }
}
