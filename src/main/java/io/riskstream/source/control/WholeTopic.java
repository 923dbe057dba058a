package io.riskstream.source.control;

import io.riskstream.source.ReadToTheEnd;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed in a topic, from its beginning to its end of now, or says why not. */
final class WholeTopic implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(200);

  private final String bootstrapServers;
  private final KafkaConsumer<byte[], byte[]> consumer;

  WholeTopic(String bootstrapServers, Map<String, String> properties) throws IOException {
    this.bootstrapServers = bootstrapServers;
    var settings = ReadToTheEnd.settings(bootstrapServers, properties, PATIENCE);
    try {
      var bytes = new ByteArrayDeserializer();
      consumer = new KafkaConsumer<>(settings, bytes, bytes);
    } catch (KafkaException invalid) {
      throw new IOException("no Kafka client can be made for " + bootstrapServers, invalid);
    }
  }

  /** Returns the partitions of the topic, with the offset of the first record that is there. */
  Map<TopicPartition, Long> beginnings(String topic) throws IOException {
    try {
      return consumer.beginningOffsets(partitions(topic));
    } catch (KafkaException failed) {
      throw unreachable(topic, failed);
    }
  }

  /** Hands on every record, in the order of each partition. */
  void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> records) throws IOException {
    try {
      var partitions = partitions(topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      var lastProgressNanos = System.nanoTime();
      while (!isAt(ends)) {
        var batch = consumer.poll(POLL);
        batch.forEach(records);
        if (!batch.isEmpty()) {
          lastProgressNanos = System.nanoTime();
        } else if (System.nanoTime() - lastProgressNanos > PATIENCE.toNanos()) {
          throw new IOException(
              "topic %s of Kafka at %s gives no more, but has not ended"
                  .formatted(topic, bootstrapServers));
        }
      }
    } catch (KafkaException failed) {
      throw unreachable(topic, failed);
    }
  }

  private boolean isAt(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private List<TopicPartition> partitions(String topic) throws IOException {
    var partitions = consumer.partitionsFor(topic);
    if (partitions.isEmpty()) {
      throw new IOException("Kafka at %s has no topic %s".formatted(bootstrapServers, topic));
    }
    return partitions.stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  private IOException unreachable(String topic, KafkaException failed) {
    return new IOException(
        "topic %s of Kafka at %s cannot be read: %s"
            .formatted(topic, bootstrapServers, failed.getMessage()),
        failed);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
