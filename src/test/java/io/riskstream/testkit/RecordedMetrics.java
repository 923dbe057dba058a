package io.riskstream.testkit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.OperatorIOMetricGroup;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A sink writer's metric group that keeps what is registered, by name. */
public final class RecordedMetrics extends UnregisteredMetricsGroup
    implements SinkWriterMetricGroup {
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final Map<String, Gauge<?>> gauges = new ConcurrentHashMap<>();
  private final Map<String, Histogram> histograms = new ConcurrentHashMap<>();

  /** Returns the count so far. */
  public long count(String name) {
    return counters.get(name).getCount();
  }

  /** Returns the gauge's value now. */
  public int gauge(String name) {
    return ((Number) gauges.get(name).getValue()).intValue();
  }

  public Histogram histogram(String name) {
    return histograms.get(name);
  }

  @Override
  public Counter counter(String name) {
    return counter(name, new SimpleCounter());
  }

  @Override
  public <C extends Counter> C counter(String name, C counter) {
    counters.put(name, counter);
    return counter;
  }

  @Override
  public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
    gauges.put(name, gauge);
    return gauge;
  }

  @Override
  public <H extends Histogram> H histogram(String name, H histogram) {
    histograms.put(name, histogram);
    return histogram;
  }

  @Override
  public OperatorIOMetricGroup getIOMetricGroup() {
    return UnregisteredMetricsGroup.createOperatorIOMetricGroup();
  }

  @Override
  public Counter getNumRecordsOutErrorsCounter() {
    return new SimpleCounter();
  }

  @Override
  public Counter getNumRecordsSendErrorsCounter() {
    return new SimpleCounter();
  }

  @Override
  public Counter getNumRecordsSendCounter() {
    return new SimpleCounter();
  }

  @Override
  public Counter getNumBytesSendCounter() {
    return new SimpleCounter();
  }

  @Override
  public void setCurrentSendTimeGauge(Gauge<Long> gauge) {
    gauges.put("currentSendTime", gauge);
  }
}
