package io.riskstream.testkit.running;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riskstream.config.KafkaConfig;
import io.riskstream.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What was published on the control topic, and what a job has answered to it, as it is written. */
public final class ControlLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KafkaConfig kafka;

  public ControlLog(KafkaConfig kafka) {
    this.kafka = kafka;
  }

  /** A record of either topic, which need not be JSON. */
  public record Published(long offset, long brokerTimeMillis, String text) {
    /** Returns the text as JSON. */
    public JsonNode document() {
      try {
        return JSON.readTree(text);
      } catch (IOException malformed) {
        throw new UncheckedIOException(malformed);
      }
    }
  }

  /** Publishes text as it is; returns its offset. */
  public long publish(String text) throws Exception {
    var bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(address(), bytes, bytes)) {
      var value = text.getBytes(StandardCharsets.UTF_8);
      return producer.send(new ProducerRecord<>(kafka.controlTopic(), value)).get().offset();
    }
  }

  public List<Published> published() {
    return read(kafka.controlTopic());
  }

  /** Returns the answers that are committed, in their order. */
  public List<JsonNode> answers() {
    return read(kafka.controlStatusTopic()).stream().map(Published::document).toList();
  }

  /** Returns the committed answer to the document at the offset, once it is there. */
  public JsonNode awaitAnswer(long offset) {
    var found = new ArrayList<JsonNode>();
    Await.until(
        "an answer to offset " + offset,
        () -> {
          found.clear();
          answers().stream()
              .filter(answer -> answer.path("offset").longValue() == offset)
              .forEach(found::add);
          return !found.isEmpty();
        });
    if (found.size() > 1) {
      throw new AssertionError("several answers: " + found);
    }
    return found.get(0);
  }

  private Map<String, Object> address() {
    return Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  private List<Published> read(String topic) {
    var bytes = new ByteArrayDeserializer();
    var partition = new TopicPartition(topic, 0);
    var settings =
        Map.<String, Object>of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    var records = new ArrayList<Published>();
    try (var consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      var end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
          var text = new String(record.value(), StandardCharsets.UTF_8);
          records.add(new Published(record.offset(), record.timestamp(), text));
        }
      }
      return records;
    }
  }
}
