package io.riskstream.pipeline.metrics;

import io.riskstream.model.EventTypes;
import io.riskstream.model.PipelineMetric;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts records by type and what became of them; as many series as there are types named, at most,
 * and one more, for each status. A series begins with its first record.
 */
final class ProcessedEvents {
  /** What becomes of a record. */
  enum Status {
    ACCEPTED,
    DUPLICATE,
    LATE,
    CONFLICTING,
    DEAD_LETTERED
  }

  private final MetricGroup group;
  private final EventTypes types;

  /** By the number of the type; null where there was none yet. */
  private final Map<Status, Counter[]> counters = new EnumMap<>(Status.class);

  ProcessedEvents(MetricGroup operator, List<String> eventTypes) {
    group = operator.addGroup(PipelineMetric.GROUP);
    types = new EventTypes(eventTypes);
    for (var status : Status.values()) {
      counters.put(status, new Counter[types.size()]);
    }
  }

  void count(String eventType, Status status) {
    count(types.numberOf(eventType), status);
  }

  void countUnknown(Status status) {
    count(0, status);
  }

  private void count(int type, Status status) {
    var byType = counters.get(status);
    var counter = byType[type];
    if (counter == null) {
      counter = register(type, status);
      byType[type] = counter;
    }
    counter.inc();
  }

  private Counter register(int type, Status status) {
    var labels = PipelineMetric.EVENTS_PROCESSED.labels();
    return group
        .addGroup(labels.get(0), types.nameOf(type))
        .addGroup(labels.get(1), status.name().toLowerCase(Locale.ROOT))
        .counter(PipelineMetric.EVENTS_PROCESSED.suffix());
  }
}
