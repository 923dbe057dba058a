package io.riskstream.benchmarks.latency;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.riskstream.config.KafkaConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the alerts that are committed, and tells whose they are. */
final class AlertReader implements Observer.Look, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The one that the probes meet; a workload's other rules may speak of them, too. */
  static final String RULE = "high-score";

  private static final Duration POLL = Duration.ofMillis(100);

  /** A fetch that finds nothing is over after so long: nothing is seen later than that. */
  private static final int LONGEST_FETCH_MILLIS = 20;

  private final KafkaConsumer<String, byte[]> consumer;
  private final OpenProbes probes;
  private final LongSupplier nanos;

  /**
   * @param probes by user, one each
   * @param nanos since the start of the load
   */
  AlertReader(KafkaConfig kafka, OpenProbes probes, LongSupplier nanos) {
    var properties = new HashMap<String, Object>(kafka.properties());
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, LONGEST_FETCH_MILLIS);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    this.consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    this.probes = probes;
    this.nanos = nanos;
    var partitions =
        consumer.partitionsFor(kafka.alertsTopic()).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    // Those of before are nobody's here; at least the place of the end is to be known at once.
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  @Override
  public void look() throws IOException {
    var alerts = consumer.poll(POLL);
    var now = nanos.getAsLong();
    for (ConsumerRecord<String, byte[]> alert : alerts) {
      var rule = JSON.readTree(alert.value()).path("rule_id").asText();
      if (rule.equals(RULE)) {
        probes.seen(alert.key(), 1, now);
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
