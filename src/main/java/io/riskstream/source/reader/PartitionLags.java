package io.riskstream.source.reader;

import io.riskstream.model.PipelineMetric;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a task's reader is behind the broker, by partition, as the consumer knows it from its
 * last answer: nobody is asked for it. Kept over the consumers of one reader.
 */
final class PartitionLags {
  private final MetricGroup group;
  private final Map<TopicPartition, Long> lags = new ConcurrentHashMap<>();

  PartitionLags(MetricGroup operator) {
    group = operator.addGroup(PipelineMetric.GROUP);
  }

  /** Takes what the consumer knows now; on its own thread. */
  void update(KafkaConsumer<?, ?> consumer) {
    for (var partition : consumer.assignment()) {
      var lag = consumer.currentLag(partition);
      if (lag.isPresent() && lags.put(partition, lag.getAsLong()) == null) {
        register(partition);
      }
    }
  }

  private void register(TopicPartition partition) {
    var labels = PipelineMetric.CONSUMER_LAG.labels();
    group
        .addGroup(labels.get(0), partition.topic())
        .addGroup(labels.get(1), Integer.toString(partition.partition()))
        .gauge(PipelineMetric.CONSUMER_LAG.suffix(), (Gauge<Long>) () -> lags.get(partition));
  }
}
