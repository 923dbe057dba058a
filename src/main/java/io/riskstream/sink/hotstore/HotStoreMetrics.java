package io.riskstream.sink.hotstore;

import io.riskstream.model.HotAlert;
import io.riskstream.model.HotUpdate;
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
  private final Counter alertsDropped;
  private final Counter rejected;
  private final Counter requested;

  /** Registers the metrics in the group; the gauges read exchange and account. */
  HotStoreMetrics(MetricGroup group, UpdateExchange exchange, StoreAccount account, Clock clock) {
    this.clock = clock;
    latencyMillis =
        group.histogram(
            "hotStoreLatencyMillis", new DescriptiveStatisticsHistogram(LATENCY_WINDOW));
    written = counter(group, "hotStoreWritten");
    refused = counter(group, "hotStoreRefused");
    dropped = counter(group, "hotStoreDropped");
    alertsDropped = counter(group, "hotStoreAlertsDropped");
    rejected = counter(group, "hotStoreRejected");
    requested = counter(group, "hotStoreRebuildsAsked");
    group.gauge("hotStorePending", exchange::size);
    group.gauge("hotStoreTrouble", () -> exchange.trouble() != null ? 1 : 0);
    group.gauge("hotStoreRebuilt", account::usersRebuilt);
    group.gauge(
        "hotStoreDegraded", () -> exchange.trouble() != null || account.isDegraded() ? 1 : 0);
  }

  /** Counts what Redis has just acknowledged; latency runs from the record's ingest time. */
  void acknowledged(List<HotUpdate> letIn, int keptOut) {
    var nowMillis = clock.millis();
    for (var update : letIn) {
      if (update instanceof UserSnapshot snapshot && snapshot.ofArrival()) {
        latencyMillis.update(nowMillis - snapshot.asOfMillis());
      }
    }
    written.inc(letIn.size());
    refused.inc(keptOut);
  }

  /** Counts an update for which there was no room. */
  void dropped(HotUpdate update) {
    (update instanceof HotAlert ? alertsDropped : dropped).inc();
  }

  /** Counts updates that Redis cannot hold under their keys. */
  void rejected(int updates) {
    rejected.inc(updates);
  }

  /** Counts a rebuild that was asked for. */
  void requested() {
    requested.inc();
  }

  private static Counter counter(MetricGroup group, String name) {
    return group.counter(name, new ThreadSafeSimpleCounter());
  }
}
