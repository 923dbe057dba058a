package io.riskstream.demo.figures;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Brings the metrics of a Flink in this JVM to a {@link MetricsBoard}. Flink creates reporters by
 * class name, so the board is found by a number in the reporter's configuration.
 */
public final class DemoMetricReporterFactory implements MetricReporterFactory {
  public static final String BOARD = "board";

  private static final Map<String, MetricsBoard> BOARDS = new ConcurrentHashMap<>();

  /** Makes the board known; returns the number to configure. */
  public static String register(MetricsBoard board) {
    var number = Integer.toString(System.identityHashCode(board));
    if (BOARDS.putIfAbsent(number, board) != null) {
      throw new IllegalStateException("board " + number + " is known already");
    }
    return number;
  }

  public static void unregister(String number) {
    BOARDS.remove(number);
  }

  @Override
  public MetricReporter createMetricReporter(Properties properties) {
    var board = BOARDS.get(properties.getProperty(BOARD));
    if (board == null) {
      throw new IllegalStateException("the demo's metric reporter works in the demo only");
    }
    return new Reporter(board);
  }

  /** Hands on what is added and removed. */
  private record Reporter(MetricsBoard board) implements MetricReporter {
    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
      board.add(name, metric);
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
      board.remove(metric);
    }
  }
}
