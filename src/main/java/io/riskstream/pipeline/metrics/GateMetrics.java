package io.riskstream.pipeline.metrics;

import io.riskstream.pipeline.metrics.ProcessedEvents.Status;
import java.util.List;
import org.apache.flink.metrics.MetricGroup;

/** What the gate says of records that go no further; used by one thread. */
public final class GateMetrics {
  private final ProcessedEvents processed;

  public GateMetrics(MetricGroup operator) {
    processed = new ProcessedEvents(operator, List.of());
  }

  /** Counts a dead letter, of which no type is known. */
  public void deadLettered() {
    processed.countUnknown(Status.DEAD_LETTERED);
  }
}
