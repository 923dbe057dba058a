package io.riskstream.demo.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The committed records of a topic of JSON and one partition, from its start on, each once. For one
 * thread.
 */
public final class TopicTail implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String bootstrapServers;
  private final TopicPartition partition;
  private final KafkaConsumer<byte[], byte[]> consumer;

  public TopicTail(String bootstrapServers, String topic) {
    var bytes = new ByteArrayDeserializer();
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    this.bootstrapServers = bootstrapServers;
    partition = new TopicPartition(topic, 0);
    consumer = new KafkaConsumer<>(settings, bytes, bytes);
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
  }

  /** Gives what has come since, without waiting for more. */
  public void readOn(Consumer<JsonNode> reader) throws IOException {
    read(POLL, reader);
  }

  /**
   * Gives what has been written by now, once it is known whether it is committed: the broker tells
   * readers of a commit a little after the writer.
   *
   * @throws IOException if that takes too long
   */
  public void readToEnd(Duration atMost, Consumer<JsonNode> reader) throws IOException {
    var end = end();
    var deadlineNanos = System.nanoTime() + atMost.toNanos();
    while (consumer.position(partition) < end) {
      if (System.nanoTime() > deadlineNanos) {
        throw new IOException(
            "topic %s gave its records up to offset %d of %d only after %d s; a transaction is open"
                .formatted(
                    partition.topic(), consumer.position(partition), end, atMost.toSeconds()));
      }
      read(POLL, reader);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }

  private long end() throws IOException {
    Map<String, Object> settings =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    try (var admin = Admin.create(settings)) {
      return admin
          .listOffsets(Map.of(partition, OffsetSpec.latest()))
          .partitionResult(partition)
          .get()
          .offset();
    } catch (ExecutionException failed) {
      throw new IOException(
          "topic " + partition.topic() + " does not say where it ends", failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted at topic " + partition.topic(), interrupted);
    }
  }

  private void read(Duration atMost, Consumer<JsonNode> reader) throws IOException {
    for (var record : consumer.poll(atMost)) {
      reader.accept(JSON.readTree(record.value()));
    }
  }
}
