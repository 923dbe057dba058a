package io.riskstream.benchmarks.workload;

import io.riskstream.benchmarks.measure.Progress;
import io.riskstream.server.KafkaProcess;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** The Kafka that all contenders share, a process of its own that ends with this JVM. */
public final class Broker implements AutoCloseable {
  /** Partitions of each topic that has more than one. */
  public static final int PARTITIONS = 2;

  private final KafkaProcess kafka;
  private final Admin admin;
  private final Map<String, Map<TopicPartition, Long>> ends = new HashMap<>();

  private Broker(KafkaProcess kafka) {
    this.kafka = kafka;
    this.admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
  }

  /** Starts it; returns once it serves. */
  public static Broker start(Path folder) throws IOException {
    var kafka = new KafkaProcess(folder.resolve("node"), folder.resolve("topics"));
    kafka.start();
    return new Broker(kafka);
  }

  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** Creates a topic, and returns once its partitions are served. */
  public void createTopic(String name, int partitions) throws IOException {
    kafka.createTopic(name, partitions);
  }

  /** Deletes the topics whose names begin so. */
  public void deleteTopics(String prefix) throws IOException {
    var names = get(admin.listTopics().names()).stream().filter(name -> name.startsWith(prefix));
    Collection<String> chosen = names.toList();
    get(admin.deleteTopics(chosen).all());
  }

  /** Returns how much of a filled topic a group has committed. */
  public Progress progress(String group, String topic) throws IOException {
    var offsets = new HashMap<Integer, Long>();
    get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .forEach(
            (partition, committed) -> {
              if (committed != null && partition.topic().equals(topic)) {
                offsets.put(partition.partition(), committed.offset());
              }
            });
    return progressAt(topic, offsets);
  }

  /** Returns how much of a filled topic lies before such offsets of its partitions. */
  public Progress progressAt(String topic, Map<Integer, Long> offsets) throws IOException {
    long sum = 0;
    double furthest = 0;
    for (var end : ends(topic).entrySet()) {
      var offset = offsets.get(end.getKey().partition());
      if (offset != null) {
        sum += offset;
        furthest = Math.max(furthest, (double) offset / end.getValue());
      }
    }
    return new Progress(sum, furthest);
  }

  /** They do not change once the topic is filled. */
  private Map<TopicPartition, Long> ends(String topic) throws IOException {
    var known = ends.get(topic);
    if (known != null) {
      return known;
    }
    var asked = new HashMap<TopicPartition, OffsetSpec>();
    for (var partition = 0; partition < PARTITIONS; partition++) {
      asked.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    var found = new HashMap<TopicPartition, Long>();
    get(admin.listOffsets(asked).all())
        .forEach((partition, end) -> found.put(partition, end.offset()));
    ends.put(topic, found);
    return found;
  }

  @Override
  public void close() {
    admin.close();
    kafka.close();
  }

  private static <T> T get(KafkaFuture<T> answer) throws IOException {
    try {
      return answer.get();
    } catch (ExecutionException failed) {
      throw new IOException("Kafka: " + failed.getCause().getMessage(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while Kafka was asked");
    }
  }
}
