package io.riskstream.sink.hotstore;

import io.riskstream.model.UserSnapshot;
import java.time.Clock;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What a writer tells of itself. Both threads count and a third reads: the counters are adders, and
 * the histogram's window is synchronized inside Flink.
 */
final class HotStoreMetrics {
  private static final int LATENCY_WINDOW = 10_000;

  private final Clock clock;
  private final Histogram latencyMillis;
  private final Counter written;
  private final Counter refused;
  private final Counter dropped;

  /** Registers the metrics in the group; the gauges read the exchange. */
  HotStoreMetrics(MetricGroup group, SnapshotExchange exchange, Clock clock) {
    this.clock = clock;
    latencyMillis =
        group.histogram(
            "hotStoreLatencyMillis", new DescriptiveStatisticsHistogram(LATENCY_WINDOW));
    written = group.counter("hotStoreWritten", new ThreadSafeSimpleCounter());
    refused = group.counter("hotStoreRefused", new ThreadSafeSimpleCounter());
    dropped = group.counter("hotStoreDropped", new ThreadSafeSimpleCounter());
    group.gauge("hotStorePending", exchange::size);
    group.gauge(
        "hotStoreDegraded", () -> exchange.trouble() != null || dropped.getCount() > 0 ? 1 : 0);
  }

  /** Counts what Redis has just acknowledged; latency runs from the record's ingest time. */
  void acknowledged(List<UserSnapshot> letIn, int keptOut) {
    var nowMillis = clock.millis();
    for (var snapshot : letIn) {
      if (snapshot.ofArrival()) {
        latencyMillis.update(nowMillis - snapshot.asOfMillis());
      }
    }
    written.inc(letIn.size());
    refused.inc(keptOut);
  }

  void dropped() {
    dropped.inc();
  }
}
