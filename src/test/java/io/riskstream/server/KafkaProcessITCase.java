package io.riskstream.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.chaos.proxy.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kafka as a process of its own, as its clients meet it. */
@Timeout(120)
class KafkaProcessITCase {
  private static final String TOPIC = "letters";

  @TempDir Path folder;

  @Test
  void keepsWhatItAcknowledgedWhenItIsKilledAndStandsBehindAnotherPort() throws Exception {
    try (var kafka = new KafkaProcess(folder.resolve("node"), folder.resolve("logs"));
        var proxy = TcpProxy.start("kafka", kafka.portBehind())) {
      kafka.setPortBefore(proxy.port());
      kafka.start();
      kafka.createTopic(TOPIC, 1);
      send(kafka, List.of("a", "b", "c"));
      var process = ProcessHandle.of(kafka.pid()).orElseThrow();

      assertThat(advertised(kafka.bootstrapServers())).isEqualTo(kafka.bootstrapServers());
      assertThat(proxy.requestBytes()).isZero();
      assertThat(advertised(Ports.HOST + ":" + kafka.portBehind()))
          .isEqualTo(Ports.HOST + ":" + proxy.port());
      assertThat(proxy.answerBytes()).isPositive();

      kafka.kill();
      assertThat(process.isAlive()).isFalse();
      assertThat(kafka.isAlive()).isFalse();

      kafka.start();
      assertThat(kafka.pid()).isNotEqualTo(process.pid());
      assertThat(read(kafka, 3)).containsExactly("a", "b", "c");

      kafka.pause();
      assertThatThrownBy(() -> advertised(kafka.bootstrapServers()))
          .isInstanceOf(ExecutionException.class);
      kafka.resume();
      send(kafka, List.of("d"));
      assertThat(read(kafka, 4)).containsExactly("a", "b", "c", "d");
      assertThatThrownBy(kafka::start).isInstanceOf(IllegalStateException.class);
    }
  }

  private static void send(KafkaProcess kafka, List<String> letters) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (var letter : letters) {
        producer.send(new ProducerRecord<>(TOPIC, letter)).get();
      }
    }
  }

  private static List<String> read(KafkaProcess kafka, int count) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", "earliest");
    var letters = new ArrayList<String>();
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
      while (letters.size() < count) {
        for (var entry : consumer.poll(Duration.ofSeconds(1))) {
          assertThat(entry.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
          letters.add(entry.value());
        }
      }
    }
    return letters;
  }

  /** Returns where the broker tells clients of a listener to go. */
  private static String advertised(String bootstrapServers) throws Exception {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "default.api.timeout.ms",
            3_000,
            "request.timeout.ms",
            3_000);
    try (var admin = Admin.create(settings)) {
      var node = admin.describeCluster().nodes().get().iterator().next();
      return node.host() + ":" + node.port();
    }
  }
}
