package io.riskstream.ops.topics;

import io.riskstream.config.KafkaConfig;
import io.riskstream.ops.check.UnreachableException;
import io.riskstream.source.ReadToTheEnd;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed in Kafka's topics, from their beginnings to their ends of now. */
public final class KafkaTopics implements AutoCloseable {
  /** Takes one record. */
  public interface RecordConsumer {
    void accept(ConsumerRecord<byte[], byte[]> record);
  }

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(200);

  private final String bootstrapServers;
  private final KafkaConsumer<byte[], byte[]> consumer;

  private KafkaTopics(String bootstrapServers, KafkaConsumer<byte[], byte[]> consumer) {
    this.bootstrapServers = bootstrapServers;
    this.consumer = consumer;
  }

  /**
   * Makes a client; whether Kafka answers shows later.
   *
   * @throws IOException if address or properties are unusable
   */
  public static KafkaTopics connect(KafkaConfig config) throws IOException {
    var settings = ReadToTheEnd.settings(config.bootstrapServers(), config.properties(), PATIENCE);
    try {
      var bytes = new ByteArrayDeserializer();
      return new KafkaTopics(
          config.bootstrapServers(), new KafkaConsumer<>(settings, bytes, bytes));
    } catch (KafkaException invalid) {
      throw new UnreachableException("Kafka at " + config.bootstrapServers(), invalid);
    }
  }

  /** Returns the offset behind the last record, by partition. */
  public Map<Integer, Long> ends(String topic) throws IOException {
    return offsets(topic, consumer::endOffsets);
  }

  /** Returns the offset of the first record that is still there, by partition. */
  public Map<Integer, Long> beginnings(String topic) throws IOException {
    return offsets(topic, consumer::beginningOffsets);
  }

  private Map<Integer, Long> offsets(
      String topic, Function<List<TopicPartition>, Map<TopicPartition, Long>> ask)
      throws IOException {
    try {
      var offsets = new HashMap<Integer, Long>();
      ask.apply(partitions(topic))
          .forEach((partition, offset) -> offsets.put(partition.partition(), offset));
      return offsets;
    } catch (KafkaException failed) {
      throw unreachable(topic, failed);
    }
  }

  /**
   * Reads a topic once.
   *
   * @throws IOException if Kafka does not answer, or has no such topic
   */
  public void read(String topic, RecordConsumer records) throws IOException {
    try {
      var partitions = partitions(topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      long lastProgressNanos = System.nanoTime();
      while (!isAt(ends)) {
        var batch = consumer.poll(POLL);
        batch.forEach(records::accept);
        if (!batch.isEmpty()) {
          lastProgressNanos = System.nanoTime();
        } else if (System.nanoTime() - lastProgressNanos > PATIENCE.toNanos()) {
          throw new UnreachableException(
              "topic %s of Kafka at %s gives no more, but has not ended"
                  .formatted(topic, bootstrapServers));
        }
      }
    } catch (KafkaException failed) {
      throw unreachable(topic, failed);
    }
  }

  /**
   * Reads a topic from its beginning and goes on with what comes, until one is found.
   *
   * @return whether it was found within the time
   * @throws IOException if Kafka does not answer, or has no such topic
   */
  public boolean awaitOne(
      String topic, Predicate<ConsumerRecord<byte[], byte[]>> isIt, Duration timeout)
      throws IOException {
    try {
      var partitions = partitions(topic);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var startNanos = System.nanoTime();
      do {
        for (var consumed : consumer.poll(POLL)) {
          if (isIt.test(consumed)) {
            return true;
          }
        }
      } while (System.nanoTime() - startNanos < timeout.toNanos());
      return false;
    } catch (KafkaException failed) {
      throw unreachable(topic, failed);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }

  private boolean isAt(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private List<TopicPartition> partitions(String topic) throws UnreachableException {
    var partitions = consumer.partitionsFor(topic);
    if (partitions.isEmpty()) {
      throw new UnreachableException(
          "Kafka at %s has no topic %s".formatted(bootstrapServers, topic));
    }
    return partitions.stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  private UnreachableException unreachable(String topic, KafkaException failed) {
    return new UnreachableException(
        "topic %s of Kafka at %s".formatted(topic, bootstrapServers), failed);
  }
}
