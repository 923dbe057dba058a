package io.riskstream.chaos.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.server.KafkaProcess;
import io.riskstream.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker whose disk is full: it says so and stops, and loses nothing that it acknowledged. */
@Timeout(120)
class KafkaOnAFullDiskITCase {
  private static final String TOPIC = "letters";
  private static final long BYTES = 64L << 20;

  @TempDir Path folder;

  @AfterEach
  void unmountWhatATestHasLeft() throws Exception {
    SmallDisk.unmountBelow(folder);
  }

  @Test
  void stopsAndHasEverythingAgainWhenThereIsRoom() throws Exception {
    SmallDisk disk;
    try {
      disk = SmallDisk.mount(folder.resolve("disk"), BYTES);
    } catch (MountRefusedException refused) {
      // SmallDiskITCase holds it to be true.
      assertThat(refused).hasMessageContaining("run as root");
      return;
    }
    try (disk;
        var kafka = new KafkaProcess(folder.resolve("node"), disk.data())) {
      kafka.start();
      kafka.createTopic(TOPIC, 1);
      var acknowledged = new ArrayList<>(send(kafka, 100));
      disk.fill();
      assertThatThrownBy(() -> acknowledged.addAll(send(kafka, 100)))
          .isInstanceOf(ExecutionException.class);
      Await.until("the broker stops", () -> !kafka.isAlive());
      assertThat(Files.readString(kafka.log())).contains("No space left on device");

      disk.free();
      kafka.start();
      acknowledged.addAll(send(kafka, 1));
      assertThat(read(kafka)).containsAll(acknowledged);
    }
  }

  private static List<String> send(KafkaProcess kafka, int count) throws Exception {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "delivery.timeout.ms",
            8_000,
            "request.timeout.ms",
            4_000,
            "max.block.ms",
            8_000);
    var sent = new ArrayList<String>();
    try (var producer =
        new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (int number = 0; number < count; number++) {
        var letter = System.nanoTime() + "x".repeat(1_000);
        producer.send(new ProducerRecord<>(TOPIC, letter)).get();
        sent.add(letter);
      }
    }
    return sent;
  }

  private static List<String> read(KafkaProcess kafka) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", "earliest");
    var partition = new TopicPartition(TOPIC, 0);
    var letters = new ArrayList<String>();
    try (var consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(partition));
      var end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofSeconds(1)).forEach(letter -> letters.add(letter.value()));
      }
    }
    return letters;
  }
}
