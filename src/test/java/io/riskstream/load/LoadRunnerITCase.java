package io.riskstream.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.load.document.DocumentPlan;
import io.riskstream.load.profile.ProfilePlan;
import io.riskstream.load.profile.ProfileShares;
import io.riskstream.manifest.Manifest;
import io.riskstream.manifest.ManifestWriter;
import io.riskstream.manifest.SentRecord;
import io.riskstream.manifest.SentTopics;
import io.riskstream.model.Coordinates;
import io.riskstream.server.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The generator against a real broker. */
@Timeout(120)
class LoadRunnerITCase {
  private static final int PARTITIONS = 4;
  private static final Comparator<SentRecord> ORDER =
      Comparator.<SentRecord>comparingInt(record -> record.coordinates().partition())
          .thenComparingLong(record -> record.coordinates().offset());

  private static final SentTopics TOPICS = new SentTopics("events", "user-profiles", "control");

  @TempDir Path folder;

  @Test
  void theManifestIsWhatTheTopicsHold() throws Exception {
    var file = folder.resolve("manifest.ndjson");
    var settings =
        new LoadSettings(
            20_000,
            10_000,
            1_000,
            1.0,
            1,
            System.currentTimeMillis(),
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            LoadShares.DEFAULT);
    try (var kafka = new EmbeddedKafka(folder.resolve("kafka"), 0)) {
      kafka.createTopic("events", PARTITIONS);
      kafka.createTopic("user-profiles", PARTITIONS);
      kafka.createTopic("control", 1);
      var plan =
          new MergedPlan(
              List.of(
                  new DocumentPlan(settings, Duration.ofSeconds(1)),
                  new ProfilePlan(settings, ProfileShares.of(0.1)),
                  new LoadPlan(settings)));
      LoadResult result;
      try (var producer = LoadRunner.producer(kafka.bootstrapServers(), Map.of());
          var manifest = ManifestWriter.create(file, TOPICS, settings.describe())) {
        result = new LoadRunner(producer, TOPICS, manifest).run(plan);
      }
      assertThat(result.isComplete()).isTrue();
      assertThat(result.events()).isEqualTo(10_000);

      var manifest = Manifest.read(file);

      assertThat(manifest.complete()).isTrue();
      assertThat(lines(manifest.records())).isEqualTo(lines(read(kafka, "events", PARTITIONS)));
      assertThat(lines(manifest.profiles()))
          .hasSize((int) result.profiles())
          .hasSizeGreaterThan(1_000)
          .isEqualTo(lines(read(kafka, "user-profiles", PARTITIONS)));
      assertThat(lines(manifest.documents()))
          .hasSize(10)
          .isEqualTo(lines(read(kafka, "control", 1)));
    }
  }

  @Test
  void aTopicIsCheckedForItsTimestampsBeforeAnythingIsSent() throws Exception {
    try (var kafka = new EmbeddedKafka(folder, 0)) {
      kafka.createTopic("events", 1);
      var servers = kafka.bootstrapServers();

      assertThatCode(() -> EventsTopic.check(servers, "events", Map.of()))
          .doesNotThrowAnyException();
      assertThatThrownBy(() -> EventsTopic.check(servers, "nowhere", Map.of()))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("topic nowhere at " + servers)
          .hasMessageContaining("it does not exist; create it");
    }
  }

  private static List<String> lines(List<SentRecord> records) {
    return records.stream().sorted(ORDER).map(LoadRunnerITCase::line).toList();
  }

  private static String line(SentRecord record) {
    return record.coordinates() + " " + hex(record.key()) + " " + hex(record.value());
  }

  private static String hex(byte[] bytes) {
    return bytes == null ? "null" : HexFormat.of().formatHex(bytes);
  }

  private static List<SentRecord> read(EmbeddedKafka kafka, String topic, int partitionCount) {
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
    var bytes = new ByteArrayDeserializer();
    var records = new ArrayList<SentRecord>();
    try (var consumer = new KafkaConsumer<>(settings, bytes, bytes)) {
      var partitions =
          IntStream.range(0, partitionCount).mapToObj(p -> new TopicPartition(topic, p)).toList();
      var count = consumer.endOffsets(partitions).values().stream().mapToLong(end -> end).sum();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (records.size() < count) { // bounded by the class's time limit
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          var coordinates =
              new Coordinates(
                  record.topic(), record.partition(), record.offset(), record.timestamp());
          records.add(new SentRecord(coordinates, "read", record.key(), record.value()));
        }
      }
    }
    return records;
  }
}
