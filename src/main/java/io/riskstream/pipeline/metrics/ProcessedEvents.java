package io.riskstream.pipeline.metrics;

import io.riskstream.model.EventTypes;
import io.riskstream.model.PipelineMetric;
import java.util.List;
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
    DEAD_LETTERED;

    private static final int COUNT = values().length;
  }

  private static final String[] STATUSES = {
    "accepted", "duplicate", "late", "conflicting", "dead_lettered"
  };

  private final MetricGroup group;
  private final EventTypes types;
  private final Counter[] counters;

  ProcessedEvents(MetricGroup operator, List<String> eventTypes) {
    group = operator.addGroup(PipelineMetric.GROUP);
    types = new EventTypes(eventTypes);
    counters = new Counter[types.size() * Status.COUNT];
  }

  void count(String eventType, Status status) {
    count(types.numberOf(eventType), status);
  }

  void countUnknown(Status status) {
    count(0, status);
  }

  private void count(int type, Status status) {
    var place = type * Status.COUNT + status.ordinal();
    var counter = counters[place];
    if (counter == null) {
      counter = register(type, status);
      counters[place] = counter;
    }
    counter.inc();
  }

  private Counter register(int type, Status status) {
    var labels = PipelineMetric.EVENTS_PROCESSED.labels();
    return group
        .addGroup(labels.get(0), types.nameOf(type))
        .addGroup(labels.get(1), STATUSES[status.ordinal()])
        .counter(PipelineMetric.EVENTS_PROCESSED.suffix());
  }
}
