package io.riskstream.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedded broker as any client sees it. */
@Timeout(120)
class EmbeddedKafkaITCase {
  private static final long FAR_FUTURE_MILLIS = 4_102_444_800_000L;
  private static final TopicPartition PARTITION = new TopicPartition("events", 1);

  @TempDir Path folder;

  @Test
  void keepsRecordsOverARestartAndStampsThemWithItsOwnTime() throws Exception {
    var before = System.currentTimeMillis();
    RecordMetadata acknowledged;
    try (var kafka = new EmbeddedKafka(folder, 0)) {
      kafka.createTopic("events", 2);
      acknowledged = send(kafka, "first");
    }
    assertThat(acknowledged.timestamp()).isBetween(before, System.currentTimeMillis());

    try (var kafka = new EmbeddedKafka(folder, 0)) {
      send(kafka, "second");

      var records = read(kafka, 2);

      assertThat(records).extracting(ConsumerRecord::value).containsExactly("first", "second");
      assertThat(records)
          .allSatisfy(r -> assertThat(r.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME));
      assertThat(records.get(0).timestamp()).isEqualTo(acknowledged.timestamp());
    }
  }

  @Test
  void aTopicThatIsCreatedTakesRecordsAtOnce() throws Exception {
    Map<String, Object> impatient = new HashMap<>(Map.of("retries", 0, "acks", "all"));
    try (var kafka = new EmbeddedKafka(folder, 0)) {
      impatient.put("bootstrap.servers", kafka.bootstrapServers());
      try (var producer =
          new KafkaProducer<>(impatient, new StringSerializer(), new StringSerializer())) {
        for (var topic = 0; topic < 20; topic++) {
          kafka.createTopic("topic-" + topic, 8);
          var sent = new ArrayList<Future<RecordMetadata>>();
          for (var partition = 0; partition < 8; partition++) {
            sent.add(producer.send(new ProducerRecord<>("topic-" + topic, partition, "", "")));
          }
          for (var acknowledged : sent) {
            assertThat(acknowledged.get().offset()).isZero();
          }
        }
      }
    }
  }

  @Test
  void createsNoTopicByItself() throws Exception {
    try (var kafka = new EmbeddedKafka(folder, 0)) {
      assertThatThrownBy(() -> send(kafka, "nowhere"))
          .hasMessageContaining("Topic events not present in metadata");
    }
  }

  @Test
  void leavesNoThreadBehind() throws Exception {
    var before = Thread.getAllStackTraces().keySet();
    try (var kafka = new EmbeddedKafka(folder, 0)) {
      kafka.createTopic("events", 1);
    }
    var after = new ArrayList<>(Thread.getAllStackTraces().keySet());
    after.removeAll(before);
    after.removeIf(Thread::isDaemon);

    assertThat(after).isEmpty();
  }

  @Test
  void namesAPortThatIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> new EmbeddedKafka(folder, taken.getLocalPort()).close())
          .isInstanceOf(PortTakenException.class)
          .hasMessageStartingWith("port " + taken.getLocalPort() + " for Kafka is taken");
    }
  }

  private static RecordMetadata send(EmbeddedKafka kafka, String value) throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "max.block.ms", "5000");
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      var record =
          new ProducerRecord<>(
              PARTITION.topic(), PARTITION.partition(), FAR_FUTURE_MILLIS, "key", value);
      return producer.send(record).get(30, TimeUnit.SECONDS);
    }
  }

  private static List<ConsumerRecord<String, String>> read(EmbeddedKafka kafka, int count) {
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
    var records = new ArrayList<ConsumerRecord<String, String>>();
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      while (records.size() < count) { // bounded by the class's time limit
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }
}
