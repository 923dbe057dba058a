package io.riskstream.demo.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.riskstream.server.EmbeddedKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tail of a topic, against a real broker. */
@Timeout(120)
class TopicTailITCase {
  private static final String TOPIC = "risk-alerts";

  @TempDir Path folder;

  @Test
  void aTailGivesEachCommittedRecordOnceAndNoneThatIsNotCommitted() throws Exception {
    var given = new ArrayList<JsonNode>();
    try (var kafka = new EmbeddedKafka(folder, 0)) {
      kafka.createTopic(TOPIC, 1);
      try (var producer = producer(kafka);
          var tail = new TopicTail(kafka.bootstrapServers(), TOPIC)) {
        producer.initTransactions();
        producer.beginTransaction();
        send(producer, 1);
        send(producer, 2);
        producer.commitTransaction();
        tail.readToEnd(Duration.ofSeconds(30), given::add);
        assertThat(given).extracting(record -> record.get("n").intValue()).containsExactly(1, 2);

        producer.beginTransaction();
        send(producer, 3);
        assertThatThrownBy(() -> tail.readToEnd(Duration.ofSeconds(1), given::add))
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith("topic risk-alerts gave its records up to offset 3 of 4 only");
        tail.readOn(given::add);
        assertThat(given).hasSize(2);

        producer.abortTransaction();
        producer.beginTransaction();
        send(producer, 4);
        producer.commitTransaction();
        tail.readToEnd(Duration.ofSeconds(30), given::add);
        assertThat(given).extracting(record -> record.get("n").intValue()).containsExactly(1, 2, 4);
      }
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(EmbeddedKafka kafka) {
    var bytes = new ByteArraySerializer();
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "t"),
        bytes,
        bytes);
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, int number)
      throws ExecutionException, InterruptedException {
    var value = ("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(TOPIC, value)).get();
  }
}
