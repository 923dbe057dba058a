package io.riskstream.pipeline.quality;

import io.riskstream.model.PipelineMetric;
import io.riskstream.model.QualityRow;
import java.math.BigDecimal;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * What was measured of a partition's last minute, as metrics. Shown for eyes only: nothing is
 * compared by them, so they may be floating point.
 */
final class QualityGauges {
  private volatile QualityRow shown;
  private long anomalies;

  private QualityGauges(QualityRow first) {
    shown = first;
  }

  static QualityGauges register(MetricGroup operator, QualityRow of) {
    var gauges = new QualityGauges(of);
    var group =
        operator
            .addGroup(PipelineMetric.GROUP)
            .addGroup("topic", of.getTopic())
            .addGroup("partition", Integer.toString(of.getPartition()));
    gauge(group, PipelineMetric.QUALITY_ROWS, () -> (double) gauges.shown.getReceived());
    gauge(group, PipelineMetric.QUALITY_VALIDITY, () -> number(gauges.shown.getValidity()));
    gauge(group, PipelineMetric.QUALITY_COMPLETENESS, () -> number(gauges.shown.getCompleteness()));
    gauge(group, PipelineMetric.QUALITY_ROWS_RATIO, () -> number(gauges.shown.getRowsRatio()));
    gauge(group, PipelineMetric.QUALITY_TYPES_SHIFT, () -> number(gauges.shown.getTypesShift()));
    gauge(
        group,
        PipelineMetric.QUALITY_LATENCY_SECONDS,
        () ->
            gauges.shown.getLatencyMeanMillis() == null
                ? Double.NaN
                : gauges.shown.getLatencyMeanMillis() / 1_000.0);
    group.gauge(PipelineMetric.QUALITY_ANOMALIES.suffix(), (Gauge<Long>) () -> gauges.anomalies);
    return gauges;
  }

  void show(QualityRow row) {
    anomalies += (row.getRowsAnomaly() ? 1 : 0) + (row.getTypesAnomaly() ? 1 : 0);
    shown = row;
  }

  private static void gauge(MetricGroup group, PipelineMetric metric, Gauge<Double> value) {
    group.gauge(metric.suffix(), value);
  }

  private static double number(BigDecimal decimalOrNull) {
    return decimalOrNull == null ? Double.NaN : decimalOrNull.doubleValue();
  }
}
