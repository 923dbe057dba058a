package io.riskstream.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.manifest.Manifest;
import io.riskstream.manifest.ManifestWriter;
import io.riskstream.manifest.SentTopics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a run accounts for its sends, against Kafka's own fake of a producer. */
@Timeout(60)
class LoadRunnerTest {
  @TempDir Path folder;

  @Test
  void sendsOnWithoutWaitingForAcknowledgements() throws IOException {
    try (var producer = producer(false);
        var manifest = manifest()) {
      var runner = new LoadRunner(producer, "events", manifest);
      var acknowledgedOnTheWay = new AtomicLong();
      var plan =
          IntStream.range(0, 100)
              .mapToObj(LoadRunnerTest::dueAtOnce)
              .peek(record -> acknowledgedOnTheWay.set(runner.progress().acknowledged()))
              .iterator();

      var result = runner.run(plan);

      assertThat(acknowledgedOnTheWay).hasValue(0);
      assertThat(result).isEqualTo(new LoadResult(100, 100, 0, null));
    }
    assertThat(Manifest.read(file()).records()).hasSize(100);
    assertThat(Manifest.read(file()).complete()).isTrue();
  }

  @Test
  void aRefusedSendIsCountedAsFailedAndNotInTheManifest() throws IOException {
    LoadResult result;
    try (var producer = producer(true);
        var manifest = manifest()) {
      var plan =
          IntStream.range(0, 10)
              .mapToObj(LoadRunnerTest::dueAtOnce)
              .peek(
                  record ->
                      producer.sendException =
                          producer.history().size() == 4 ? new KafkaException("full") : null)
              .limit(5)
              .iterator();
      result = new LoadRunner(producer, "events", manifest).run(plan);
    }

    assertThat(result).isEqualTo(new LoadResult(5, 4, 1, "full"));
    assertThat(result.isComplete()).isFalse();
    assertThat(Manifest.read(file()).records()).hasSize(4);
    assertThat(Manifest.read(file()).failed()).isEqualTo(1);
  }

  @Test
  void anUnacknowledgedSendIsCountedAsFailed() throws IOException {
    LoadResult result;
    try (var producer = producer(false);
        var manifest = manifest()) {
      var plan =
          Stream.of(dueAtOnce(0), dueAtOnce(1))
              .peek(record -> producer.errorNext(new KafkaException("broker away")))
              .iterator();
      result = new LoadRunner(producer, "events", manifest).run(plan);
    }

    assertThat(result).isEqualTo(new LoadResult(2, 1, 1, "broker away"));
  }

  @Test
  void stopEndsTheRunWithAFinishedManifest() throws IOException {
    try (var producer = producer(true);
        var manifest = manifest()) {
      var runner = new LoadRunner(producer, "events", manifest);
      Iterator<PlannedRecord> endless =
          Stream.iterate(0, i -> i + 1)
              .map(
                  i -> {
                    if (i == 20) {
                      runner.stop();
                    }
                    return new PlannedRecord(
                        i * 1_000_000L, RecordKind.ORDINARY, null, bytes("v" + i));
                  })
              .iterator();

      assertThat(runner.run(endless).isComplete()).isTrue();
    }
    assertThat(Manifest.read(file()).complete()).isTrue();
    assertThat(Manifest.read(file()).records()).hasSizeBetween(19, 21);
  }

  @Test
  void eachRecordGoesToTheTopicOfItsKindAndIsCountedThere() throws IOException {
    var topics = new SentTopics("e", "p", "c");
    LoadResult result;
    try (var producer = producer(true);
        var manifest = ManifestWriter.create(file(), topics, Map.of())) {
      var plan =
          Stream.of(RecordKind.values())
              .map(kind -> new PlannedRecord(0, kind, null, bytes(kind.code())))
              .iterator();
      result = new LoadRunner(producer, topics, manifest).run(plan);
    }

    assertThat(result).isEqualTo(new LoadResult(17, 17, 5, 3, 0, null));
    assertThat(result.events()).isEqualTo(9);
    var manifest = Manifest.read(file());
    assertThat(manifest.records()).hasSize(9);
    assertThat(manifest.profiles())
        .hasSize(5)
        .allSatisfy(sent -> assertThat(sent.kind()).startsWith("profile"));
    assertThat(manifest.documents())
        .hasSize(3)
        .allSatisfy(sent -> assertThat(sent.kind()).startsWith("document"));
  }

  @Test
  void aRunWithoutATopicForWhatIsPlannedSaysSo() throws IOException {
    try (var producer = producer(true);
        var manifest = manifest()) {
      var plan = List.of(new PlannedRecord(0, RecordKind.PROFILE, null, null)).iterator();
      var runner = new LoadRunner(producer, "events", manifest);

      assertThatThrownBy(() -> runner.run(plan))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the run has no topic for a profile");
    }
  }

  private Path file() {
    return folder.resolve("manifest.ndjson");
  }

  private ManifestWriter manifest() throws IOException {
    return ManifestWriter.create(file(), "events", Map.of());
  }

  private static MockProducer<byte[], byte[]> producer(boolean acknowledgeAtOnce) {
    var bytes = new ByteArraySerializer();
    return new MockProducer<>(acknowledgeAtOnce, null, bytes, bytes);
  }

  private static PlannedRecord dueAtOnce(int number) {
    return new PlannedRecord(0, RecordKind.ORDINARY, bytes("user"), bytes("v" + number));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
