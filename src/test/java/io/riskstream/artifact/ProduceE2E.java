package io.riskstream.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.cli.Riskstream;
import io.riskstream.server.EmbeddedKafka;
import io.riskstream.testkit.Await;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code produce} as a process of its own, to its end and to Ctrl-C. */
@Timeout(240)
class ProduceE2E {
  private static final int LINES = 20_000;

  @TempDir Path folder;

  @Test
  void sendsEveryLineOfAFileOnce() throws Exception {
    var lines = IntStream.range(0, LINES).mapToObj(ProduceE2E::event).toList();
    var file = Files.write(folder.resolve("events.ndjson"), lines);
    Files.writeString(file, "no event\n", StandardOpenOption.APPEND);
    try (var kafka = new EmbeddedKafka(folder.resolve("kafka"), 0)) {
      kafka.createTopic("events", 2);
      try (var produce = start(kafka, file)) {
        var printed = produce.awaitSuccess();

        assertThat(printed).contains("1 lines have no user_id and were sent without a key");
        assertThat(printed.strip())
            .endsWith(
                "verdict: PASS sent=20001 acknowledged=20001 failed=0 refused=0 without_key=1");
      }
      var records = read(kafka);
      assertThat(records)
          .extracting(ConsumerRecord::value)
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(lines.stream(), Stream.of("no event")).toList());
      assertThat(records)
          .filteredOn(record -> record.key() != null)
          .hasSize(LINES)
          .allMatch(record -> record.value().contains(":\"" + record.key() + "\"}"));
    }
  }

  /** The input is open and silent when the signal comes, as a terminal is. */
  @Test
  void endsInOrderOnCtrlCWithTheExactCount() throws Exception {
    var pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    try (var kafka = new EmbeddedKafka(folder.resolve("kafka"), 0)) {
      kafka.createTopic("events", 2);
      try (var produce = start(kafka, pipe);
          var writer = Files.newOutputStream(pipe)) {
        for (var number = 0; number < 100; number++) {
          writer.write((event(number) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        writer.flush();
        Await.until("all lines are in Kafka", () -> count(kafka) == 100);

        var kill = new ProcessBuilder("kill", "-INT", Long.toString(produce.pid()));
        assertThat(kill.start().waitFor()).isZero();

        assertThat(produce.awaitSuccess().strip())
            .endsWith("verdict: PASS sent=100 acknowledged=100 failed=0 refused=0 without_key=0");
      }
    }
  }

  /** The broker is gone for good when the line comes, and only the signal ends the wait for it. */
  @Test
  void endsOnCtrlCAlsoWithoutKafkaAndSaysWhatItDidNotTake() throws Exception {
    var pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    var kafka = new EmbeddedKafka(folder.resolve("kafka"), 0);
    kafka.createTopic("events", 2);
    try (var produce = start(kafka, pipe);
        var writer = Files.newOutputStream(pipe)) {
      writer.write((event(1) + "\n").getBytes(StandardCharsets.UTF_8));
      writer.flush();
      Await.until("a line is in Kafka", () -> count(kafka) == 1);
      kafka.close();
      writer.write((event(2) + "\n").getBytes(StandardCharsets.UTF_8));
      writer.flush();
      Await.until("the line is on its way", () -> printed(produce).contains("sent 2"));

      var kill = new ProcessBuilder("kill", "-INT", Long.toString(produce.pid()));
      assertThat(kill.start().waitFor()).isZero();

      Await.until(
          "the verdict",
          () ->
              printed(produce)
                  .contains(
                      "verdict: FAIL sent=2 acknowledged=1 failed=1 refused=0 without_key=0"));
    } finally {
      kafka.close();
    }
  }

  private static String printed(ChildJvm produce) {
    try {
      return produce.output();
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private ChildJvm start(EmbeddedKafka kafka, Path input) throws IOException {
    var classpath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(Path::of)
            .toList();
    return ChildJvm.start(
        folder.resolve("output"),
        Map.of(),
        List.of("-XX:TieredStopAtLevel=1", "-Driskstream.home=" + folder),
        classpath,
        Riskstream.class.getName(),
        List.of("produce", "--bootstrap-servers", kafka.bootstrapServers(), input.toString()));
  }

  private static String event(int number) {
    return "{\"event_id\":\"%d\",\"user_id\":\"user-%d\"}".formatted(number, number % 17);
  }

  private static long count(EmbeddedKafka kafka) {
    try (var consumer = consumer(kafka)) {
      return consumer.endOffsets(partitions()).values().stream().mapToLong(end -> end).sum();
    }
  }

  private static List<ConsumerRecord<String, String>> read(EmbeddedKafka kafka) {
    var records = new ArrayList<ConsumerRecord<String, String>>();
    try (var consumer = consumer(kafka)) {
      consumer.assign(partitions());
      consumer.seekToBeginning(partitions());
      var count = count(kafka);
      while (records.size() < count) { // bounded by the class's time limit
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }

  private static KafkaConsumer<String, String> consumer(EmbeddedKafka kafka) {
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
    return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
  }

  private static List<TopicPartition> partitions() {
    return List.of(new TopicPartition("events", 0), new TopicPartition("events", 1));
  }
}
