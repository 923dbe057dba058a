package io.riskstream.pipeline.metrics;

import io.riskstream.model.PipelineMetric;
import io.riskstream.model.UserEvent;
import io.riskstream.pipeline.metrics.ProcessedEvents.Status;
import io.riskstream.risk.Verdict;
import java.util.List;
import org.apache.flink.metrics.MetricGroup;

/** What the user operator says of each event that it has judged; used by one thread. */
public final class UserMetrics {
  private static final long[] PROCESSING_MILLIS = {
    1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000
  };
  private static final long[] LATENCY_MILLIS = {
    10, 100, 500, 1_000, 5_000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000, 3_600_000
  };

  private final ProcessedEvents processed;
  private final BucketHistogram processingSeconds;
  private final BucketHistogram latencySeconds;
  private final ActiveUsers activeUsers;

  public UserMetrics(MetricGroup operator, List<String> eventTypes) {
    var group = operator.addGroup(PipelineMetric.GROUP);
    processed = new ProcessedEvents(operator, eventTypes);
    processingSeconds =
        BucketHistogram.register(group, PipelineMetric.PROCESSING_SECONDS, PROCESSING_MILLIS);
    latencySeconds =
        BucketHistogram.register(group, PipelineMetric.EVENT_LATENCY_SECONDS, LATENCY_MILLIS);
    activeUsers = ActiveUsers.register(operator);
  }

  /**
   * Counts an event.
   *
   * @param lastActivityMillis of the user before it, Long.MIN_VALUE where there was none
   * @param nowMillis by the machine's clock
   */
  public void judged(UserEvent event, Verdict verdict, long lastActivityMillis, long nowMillis) {
    processed.count(
        event.eventType(),
        switch (verdict) {
          case ACCEPTED -> Status.ACCEPTED;
          case DUPLICATE -> Status.DUPLICATE;
          case LATE -> Status.LATE;
          case CONFLICTING_DUPLICATE -> Status.CONFLICTING;
        });
    processingSeconds.add(nowMillis - event.coordinates().ingestTimeMillis());
    latencySeconds.add(nowMillis - event.timestampMillis());
    if (verdict == Verdict.ACCEPTED) {
      activeUsers.accepted(lastActivityMillis, event.timestampMillis());
    }
  }
}
