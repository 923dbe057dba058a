package io.riskstream.benchmarks.check;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The newest committed row of each key of a results' topic, which goes on being read. */
public final class CommonResults implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<String, String> consumer;
  private final List<TopicPartition> partitions;
  private final Map<String, String> rows = new HashMap<>();

  public CommonResults(String bootstrapServers, String topic, int partitions) {
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false),
            new StringDeserializer(),
            new StringDeserializer());
    this.partitions =
        IntStream.range(0, partitions).mapToObj(each -> new TopicPartition(topic, each)).toList();
    consumer.assign(this.partitions);
    consumer.seekToBeginning(this.partitions);
  }

  /** Reads what has been committed meanwhile; the answer stays this object's own. */
  public Map<String, String> readOn() {
    var ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
      for (ConsumerRecord<String, String> row : consumer.poll(POLL)) {
        rows.put(row.key(), row.value());
      }
    }
    return rows;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
