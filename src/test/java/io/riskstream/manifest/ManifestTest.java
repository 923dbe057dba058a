package io.riskstream.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.model.Coordinates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a manifest keeps of a run, and what it says of a damaged file. */
class ManifestTest {
  private static final byte[] INVALID_UTF8 = {'{', (byte) 0xC3, (byte) 0x28, 0, '\n'};

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void chooseFile() {
    file = folder.resolve("manifest.ndjson");
  }

  @Test
  void everyRecordComesBackByteForByte() throws IOException {
    var sent =
        List.of(
            sent(0, "user-1".getBytes(StandardCharsets.UTF_8), "{\"a\":\"ü\n\u2028𝄞\u0000\"}"),
            sent(1, null, "no key"),
            new SentRecord(coordinates(2), "null-record", new byte[] {(byte) 0xFF}, null),
            new SentRecord(coordinates(3), "malformed", new byte[0], INVALID_UTF8));
    write(sent, true);

    var manifest = Manifest.read(file);

    assertThat(manifest.topic()).isEqualTo("events");
    assertThat(manifest.complete()).isTrue();
    assertThat(manifest.failed()).isEqualTo(7);
    assertThat(manifest.records()).usingRecursiveComparison().isEqualTo(sent);
  }

  @Test
  void profilesAndDocumentsComeBackAsSuch() throws IOException {
    var topics = new SentTopics("events", "user-profiles", "control");
    var event = sent("events", "{\"e\":1}");
    var profile = sent("user-profiles", "{\"p\":1}");
    var document = sent("control", "{\"d\":1}");
    try (var writer = ManifestWriter.create(file, topics, Map.of())) {
      for (var sent : List.of(profile, event, document)) {
        writer.record(sent);
      }
      writer.finish(3, 0);
    }

    var manifest = Manifest.read(file);

    assertThat(manifest.topics()).isEqualTo(topics);
    assertThat(manifest.complete()).isTrue();
    assertThat(manifest.records()).usingRecursiveComparison().isEqualTo(List.of(event));
    assertThat(manifest.profiles()).usingRecursiveComparison().isEqualTo(List.of(profile));
    assertThat(manifest.documents()).usingRecursiveComparison().isEqualTo(List.of(document));
  }

  @Test
  void aTopicThatTheHeaderDoesNotNameIsRefusedInWritingAndInReading() throws IOException {
    var topics = new SentTopics("events", "user-profiles", null);
    try (var writer = ManifestWriter.create(file, topics, Map.of())) {
      writer.record(sent("user-profiles", "{}"));
      assertThatThrownBy(() -> writer.record(sent("control", "{}")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("record of topic control in the manifest of");
      writer.finish(1, 0);
    }
    Files.writeString(
        file, Files.readString(file).replace("{\"topic\":\"user-profiles\"", "{\"topic\":\"x\""));

    assertThatThrownBy(() -> Manifest.read(file))
        .isInstanceOf(ManifestException.class)
        .hasMessage(file + ", line 2: is of topic x, which the first line does not name");
  }

  @Test
  void oneTopicForTwoKindsOfRecordsIsRefused() throws IOException {
    assertThatThrownBy(() -> new SentTopics("events", "same", "same"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("need topics of their own");

    Files.writeString(file, "{\"manifest\":2,\"topic\":\"a\",\"control_topic\":\"a\"}\n");
    assertThatThrownBy(() -> Manifest.read(file))
        .isInstanceOf(ManifestException.class)
        .hasMessageStartingWith(file + ", line 1: events, profiles and documents need topics");
  }

  @Test
  void aManifestOfAnOtherFormatIsRefusedWithTheRemedy() throws IOException {
    Files.writeString(file, "{\"manifest\":1,\"topic\":\"events\",\"settings\":{}}\n");

    assertThatThrownBy(() -> Manifest.read(file))
        .isInstanceOf(ManifestException.class)
        .hasMessage(
            file
                + ", line 1: is a manifest of format 1, and this version of riskstream reads format"
                + " 2; use the version that sent it, or send anew");
  }

  @Test
  void anAvroRecordComesBackWithTheSchemaThatItNames() throws IOException {
    var avro = SchemaBuilder.record("E").fields().requiredString("a").endRecord();
    var known = new SentRecord(coordinates(0), "told", null, new byte[] {0, 0, 0, 1, 2, 9}, avro);
    var unknown = new SentRecord(coordinates(1), "told", null, new byte[] {0, 0, 0, 1, 3, 9});
    var cut = new SentRecord(coordinates(2), "told", null, new byte[] {0, 0, 0, 1});
    try (var writer = ManifestWriter.create(file, "events", Map.of())) {
      writer.schema(258, avro.toString());
      for (var sent : List.of(known, unknown, cut)) {
        writer.record(sent);
      }
      writer.finish(3, 0);
    }

    var records = Manifest.read(file).records();

    assertThat(records).extracting(SentRecord::writerSchema).containsExactly(avro, null, null);
    assertThat(records.get(0).value()).isEqualTo(known.value());
    assertThat(Manifest.read(file).complete()).isTrue();
  }

  @Test
  void aSchemaThatIsNoneIsNamed() throws IOException {
    try (var writer = ManifestWriter.create(file, "events", Map.of())) {
      writer.schema(1, "{}");
      writer.finish(0, 0);
    }

    assertThatThrownBy(() -> Manifest.read(file))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("line 2: its schema is none of Avro");
  }

  @Test
  void aManifestWithoutFooterIsIncomplete() throws IOException {
    write(List.of(sent(0, null, "one")), false);

    assertThat(Manifest.read(file).complete()).isFalse();
    assertThat(Manifest.read(file).records()).hasSize(1);
  }

  @Test
  void aLastLineThatIsCutOffIsDroppedAndMakesTheManifestIncomplete() throws IOException {
    write(List.of(sent(0, null, "one"), sent(1, null, "two")), false);
    var text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() - 5));

    assertThat(Manifest.read(file).complete()).isFalse();
    assertThat(Manifest.read(file).records()).hasSize(1);
  }

  @Test
  void aDamagedLineInTheMiddleIsNamed() throws IOException {
    write(List.of(sent(0, null, "one"), sent(1, null, "two")), true);
    Files.writeString(file, Files.readString(file).replace("{\"partition\":0,\"offset\":0,", "{"));

    assertThatThrownBy(() -> Manifest.read(file))
        .isInstanceOf(ManifestException.class)
        .hasMessage(file + ", line 2: has no whole number \"partition\"");
  }

  @Test
  void aLineThatIsNoJsonInTheMiddleIsNamed() throws IOException {
    write(List.of(sent(0, null, "one"), sent(1, null, "two")), true);
    Files.writeString(file, Files.readString(file).replace("\"two\"}", "\"two"));

    assertThatThrownBy(() -> Manifest.read(file))
        .isInstanceOf(ManifestException.class)
        .hasMessage(file + ", line 3: is no JSON object");
  }

  @Test
  void aForeignFileIsRefused() throws IOException {
    Files.writeString(file, "{\"event_id\":\"1\"}\n");

    assertThatThrownBy(() -> Manifest.read(file))
        .isInstanceOf(ManifestException.class)
        .hasMessageStartingWith(file + ", line 1: is no manifest");
  }

  @Test
  void aFooterThatCountsOtherwiseIsRefused() throws IOException {
    write(List.of(sent(0, null, "one"), sent(1, null, "two")), true);
    Files.write(
        file, Files.readAllLines(file).stream().filter(line -> !line.contains("two")).toList());

    assertThatThrownBy(() -> Manifest.read(file))
        .hasMessage(file + ", line 3: says 2 acknowledged, but the file has 1");
  }

  private void write(List<SentRecord> records, boolean finish) throws IOException {
    try (var writer = ManifestWriter.create(file, "events", Map.of("seed", "1"))) {
      for (var sent : records) {
        writer.record(sent);
      }
      if (finish) {
        writer.finish(records.size() + 7, 7);
      }
    }
  }

  private static SentRecord sent(long offset, byte[] key, String value) {
    return new SentRecord(
        coordinates(offset), "ordinary", key, value.getBytes(StandardCharsets.UTF_8));
  }

  private static SentRecord sent(String topic, String value) {
    var coordinates = new Coordinates(topic, 1, 0, 1_767_225_600_000L);
    var bytes = value.getBytes(StandardCharsets.UTF_8);
    return new SentRecord(coordinates, "a-kind", bytes, bytes);
  }

  private static Coordinates coordinates(long offset) {
    return new Coordinates("events", 0, offset, 1_767_225_600_000L + offset);
  }
}
