package io.riskstream.pipeline.completeness;

import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * The totals of one partition as metrics, labelled with topic and partition. They come from state,
 * so they count each record once over failures, and are shown from the partition's first records
 * after a start on.
 */
final class PartitionGauges {
  private volatile HourCounts totals = HourCounts.NONE;

  static PartitionGauges register(MetricGroup operator, PartitionDelta of) {
    var shown = new PartitionGauges();
    var group =
        operator
            .addGroup("topic", of.topic())
            .addGroup("partition", Integer.toString(of.partition()));
    group.gauge("receivedTotal", (Gauge<Long>) () -> shown.totals.received());
    group.gauge("acceptedTotal", (Gauge<Long>) () -> shown.totals.accepted());
    group.gauge("duplicateTotal", (Gauge<Long>) () -> shown.totals.duplicate());
    group.gauge("lateTotal", (Gauge<Long>) () -> shown.totals.late());
    group.gauge("deadLetteredTotal", (Gauge<Long>) () -> shown.totals.deadLettered());
    group.gauge("skippedTotal", (Gauge<Long>) () -> shown.totals.skipped());
    group.gauge("lostTotal", (Gauge<Long>) () -> shown.totals.lost());
    return shown;
  }

  void show(HourCounts now) {
    totals = now;
  }
}
