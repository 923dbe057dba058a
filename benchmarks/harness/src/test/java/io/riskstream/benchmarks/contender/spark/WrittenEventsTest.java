package io.riskstream.benchmarks.contender.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrittenEventsTest {
  @TempDir Path folder;
  private Path log;

  @BeforeEach
  void log() throws IOException {
    log = Files.createDirectory(folder.resolve("_spark_metadata"));
  }

  @Test
  void areNoneInAFolderWithoutALog() throws IOException {
    assertThat(WrittenEvents.in(folder.resolve("absent"))).isEqualTo(new WrittenEvents(0, 0));
  }

  @Test
  void areThoseOfFilesThatTheLogNames() throws IOException {
    written("a.parquet", "event-1", "event-2");
    written("b.parquet", "event-3");
    written("of-a-batch-that-failed.parquet", "event-1", "event-4");
    logged("0", "a.parquet");
    logged("1", "b.parquet");

    assertThat(WrittenEvents.in(folder)).isEqualTo(new WrittenEvents(3, 3));
  }

  @Test
  void countOnceThoughTheLogRepeatsAFile() throws IOException {
    written("a.parquet", "event-1", "event-2");
    logged("8", "a.parquet");
    logged("9.compact", "a.parquet");
    Files.writeString(log.resolve(".9.compact.crc"), "a checksum");

    assertThat(WrittenEvents.in(folder)).isEqualTo(new WrittenEvents(2, 2));
  }

  @Test
  void differWhereAnEventIsThereTwiceOrNotAtAll() throws IOException {
    written("a.parquet", "event-1", "event-2", "event-1");
    logged("0", "a.parquet");
    var events = WrittenEvents.in(folder);

    assertThat(events).isEqualTo(new WrittenEvents(3, 2));
    assertThat(events.differenceFrom(3))
        .contains("Parquet: must hold 3 events, each once, holds 3 rows of 2 events");
    assertThat(events.differenceFrom(2)).isPresent();
    assertThat(new WrittenEvents(3, 3).differenceFrom(4)).isPresent();
    assertThat(new WrittenEvents(3, 3).differenceFrom(3)).isEmpty();
  }

  private void written(String name, String... ids) throws IOException {
    var schema =
        MessageTypeParser.parseMessageType(
            "message events { optional int64 other; optional binary event_id (STRING); }");
    var path = new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
    try (var writer = ExampleParquetWriter.builder(path).withType(schema).build()) {
      for (var id : ids) {
        var row = new SimpleGroup(schema);
        row.add("other", 7L);
        row.add("event_id", id);
        writer.write(row);
      }
    }
  }

  private void logged(String batch, String file) throws IOException {
    var line = "{\"path\":\"%s\",\"size\":1,\"action\":\"add\"}";
    Files.writeString(
        log.resolve(batch), "v1\n" + line.formatted(folder.resolve(file).toUri().toString()));
  }
}
