package io.riskstream.pipeline.metrics;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A metric group that shows its gauges, and those of the groups in it, by label and name. */
final class NestedGauges extends UnregisteredMetricsGroup {
  private final Map<String, Gauge<?>> gauges;
  private final String label;

  /** What the gauges stand at now, by {@code label=value/name}. */
  final Map<String, Object> values =
      new AbstractMap<>() {
        @Override
        public Set<Entry<String, Object>> entrySet() {
          var now = new HashMap<String, Object>();
          gauges.forEach((name, gauge) -> now.put(name, gauge.getValue()));
          return now.entrySet();
        }
      };

  NestedGauges() {
    this("", new HashMap<>());
  }

  private NestedGauges(String label, Map<String, Gauge<?>> gauges) {
    this.label = label;
    this.gauges = gauges;
  }

  @Override
  public MetricGroup addGroup(String name) {
    return this;
  }

  @Override
  public MetricGroup addGroup(String key, String value) {
    return new NestedGauges(key + "=" + value, gauges);
  }

  @Override
  public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
    gauges.put(label + "/" + name, gauge);
    return gauge;
  }
}
