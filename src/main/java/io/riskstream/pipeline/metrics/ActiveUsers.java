package io.riskstream.pipeline.metrics;

import io.riskstream.model.PipelineMetric;
import java.time.Duration;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts a task's users in five minutes of event time, by what their state knows already: no set of
 * users is kept. Good to look at, not exact.
 */
final class ActiveUsers {
  private static final long SPAN_MILLIS = Duration.ofMinutes(5).toMillis();

  private long currentSpan = Long.MIN_VALUE;

  /** Written by one thread; readers may see them a moment late. */
  private long users;

  private long usersBefore;

  static ActiveUsers register(MetricGroup operator) {
    var active = new ActiveUsers();
    operator
        .addGroup(PipelineMetric.GROUP)
        .gauge(
            PipelineMetric.ACTIVE_USERS.suffix(),
            (Gauge<Long>) () -> Math.max(active.users, active.usersBefore));
    return active;
  }

  void accepted(long lastActivityMillis, long timestampMillis) {
    var span = Math.floorDiv(timestampMillis, SPAN_MILLIS);
    if (span > currentSpan) {
      usersBefore = span == currentSpan + 1 ? users : 0;
      users = 0;
      currentSpan = span;
    }
    if (span == currentSpan && lastActivityMillis < span * SPAN_MILLIS) {
      users++;
    }
  }
}
