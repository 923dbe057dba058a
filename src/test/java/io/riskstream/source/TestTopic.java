package io.riskstream.source;

import io.riskstream.config.ConfigLoader;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.server.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of its own on a broker, to be written, cut and read by one test. */
public final class TestTopic implements AutoCloseable {
  private final EmbeddedKafka broker;
  private final String name;
  private final Admin admin;

  public TestTopic(EmbeddedKafka broker, String name, int partitions, Map<String, String> settings)
      throws Exception {
    this.broker = broker;
    this.name = name;
    this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    broker.createTopic(name, partitions, settings);
  }

  /** Returns a configuration that reads the topic under a group of its own. */
  public RiskstreamConfig config(Map<String, String> settings) {
    var all = new HashMap<String, String>();
    all.put("kafka.bootstrap-servers", broker.bootstrapServers());
    all.put("kafka.events-topic", name);
    all.put("kafka.group-id", "group-of-" + name);
    all.put("lake.path", "file:///no-lake");
    all.put("hot-store.uri", "redis://127.0.0.1:1");
    all.putAll(settings);
    return ConfigLoader.load(null, all);
  }

  /** Sends this many small records, which are dead letters; places are what this is about. */
  public void send(int partition, int count) throws Exception {
    send(partition, count, "x".getBytes(StandardCharsets.UTF_8));
  }

  public void send(int partition, int count, byte[] value) throws Exception {
    try (var producer = producer(Map.of())) {
      var sent = new ArrayList<Future<RecordMetadata>>();
      for (var number = 0; number < count; number++) {
        sent.add(producer.send(new ProducerRecord<>(name, partition, null, value)));
      }
      for (var acknowledgement : sent) {
        acknowledgement.get();
      }
    }
  }

  /** Sends this many records in one transaction; the offset behind them is its marker's. */
  public void sendInTransaction(int partition, int count) {
    try (var producer = producer(Map.of("transactional.id", "of-" + name))) {
      producer.initTransactions();
      producer.beginTransaction();
      for (var number = 0; number < count; number++) {
        var unused = // the commit fails if it does
            producer.send(new ProducerRecord<>(name, partition, null, new byte[] {'x'}));
      }
      producer.commitTransaction();
    }
  }

  private KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
    var all = new HashMap<>(settings);
    all.put("bootstrap.servers", broker.bootstrapServers());
    return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Moves the beginning of the partition's log, as retention does. */
  public void deleteBefore(int partition, long offset) throws Exception {
    admin
        .deleteRecords(
            Map.of(new TopicPartition(name, partition), RecordsToDelete.beforeOffset(offset)))
        .all()
        .get();
  }

  /** Returns the first offset that the partition's log still has. */
  long begin(int partition) {
    var topicPartition = new TopicPartition(name, partition);
    try {
      return admin
          .listOffsets(Map.of(topicPartition, OffsetSpec.earliest()))
          .partitionResult(topicPartition)
          .get()
          .offset();
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  /** Returns what the group has committed, by partition. */
  public Map<Integer, Long> committed() {
    try {
      return admin
          .listConsumerGroupOffsets("group-of-" + name)
          .partitionsToOffsetAndMetadata()
          .get()
          .entrySet()
          .stream()
          .collect(Collectors.toMap(at -> at.getKey().partition(), at -> at.getValue().offset()));
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  public String name() {
    return name;
  }

  @Override
  public void close() {
    admin.close();
  }
}
