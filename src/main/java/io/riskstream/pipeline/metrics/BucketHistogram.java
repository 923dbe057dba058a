package io.riskstream.pipeline.metrics;

import io.riskstream.model.PipelineMetric;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * A histogram as Prometheus means it: a running count for each bound, so that those of tasks add up
 * and rates can be taken, which the quantiles of Flink's own do not allow. Written by one thread;
 * readers may see a value a moment late.
 */
final class BucketHistogram {
  private static final double MILLIS_A_SECOND = 1_000.0;

  private final long[] boundsMillis;

  /** Not cumulative; the last is of what is over all bounds. */
  private final long[] counts;

  private long sumMillis;

  private BucketHistogram(long[] boundsMillis) {
    this.boundsMillis = boundsMillis;
    counts = new long[boundsMillis.length + 1];
  }

  /**
   * @param boundsMillis inclusive upper bounds, ascending
   */
  static BucketHistogram register(MetricGroup group, PipelineMetric metric, long... boundsMillis) {
    var histogram = new BucketHistogram(boundsMillis);
    for (var bucket = 0; bucket <= boundsMillis.length; bucket++) {
      var upTo = bucket;
      group
          .addGroup(PipelineMetric.BOUND, bound(boundsMillis, bucket))
          .gauge(metric.suffix() + "_bucket", (Gauge<Long>) () -> histogram.countUpTo(upTo));
    }
    group.gauge(
        metric.suffix() + "_sum", (Gauge<Double>) () -> histogram.sumMillis / MILLIS_A_SECOND);
    group.gauge(
        metric.suffix() + "_count", (Gauge<Long>) () -> histogram.countUpTo(boundsMillis.length));
    return histogram;
  }

  void add(long millis) {
    var bucket = 0;
    while (bucket < boundsMillis.length && millis > boundsMillis[bucket]) {
      bucket++;
    }
    counts[bucket]++;
    sumMillis += millis;
  }

  private long countUpTo(int bucket) {
    var count = 0L;
    for (var each = 0; each <= bucket; each++) {
      count += counts[each];
    }
    return count;
  }

  private static String bound(long[] boundsMillis, int bucket) {
    if (bucket == boundsMillis.length) {
      return "+Inf";
    }
    var seconds = boundsMillis[bucket] / MILLIS_A_SECOND;
    return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
  }
}
