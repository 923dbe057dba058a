package io.riskstream.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.LakeConfig;
import io.riskstream.model.Coordinates;
import io.riskstream.model.EventRow;
import io.riskstream.model.UserEvent;
import io.riskstream.testkit.FakeWriterContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.specific.SpecificData;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the lake makes of an event, and where; all are ingested on 2026-01-03 at noon. */
final class LakeTest {
  private static final long INGESTED = 1_767_441_600_000L;
  private static final long DAY = Duration.ofDays(1).toMillis();

  @TempDir Path lake;

  @Test
  void filesAnEventUnderTheHourOfItsOwnTimeHoweverOld() throws Exception {
    assertThat(folderOf(INGESTED - 30 * DAY, false))
        .isEqualTo("events/year=2025/month=12/day=04/hour=12");
  }

  @Test
  void filesALateEventUnderItsOwnTimeUpToADayBack() throws Exception {
    assertThat(folderOf(INGESTED - DAY, true))
        .isEqualTo("events/year=2026/month=01/day=02/hour=12");
  }

  @Test
  void filesAnOlderLateEventUnderItsIngestTime() throws Exception {
    assertThat(folderOf(INGESTED - DAY - 1, true))
        .isEqualTo("events/year=2026/month=01/day=03/hour=12");
  }

  @Test
  void aRowSaysAllThatTheEventSaysAndWhereItCameFrom() throws Exception {
    var at = new Coordinates("topic", 3, 42, INGESTED);
    var event = new UserEvent("e", "u", "t", 7, "s", -250_000L, Map.of("a", "1"), at, true);
    assertThat(rowOf(event))
        .isEqualTo(
            new EventRow(
                "e",
                "u",
                "t",
                Instant.ofEpochMilli(7),
                "s",
                new BigDecimal("-0.250000"),
                Map.of("a", "1"),
                "topic",
                3,
                42L,
                Instant.ofEpochMilli(INGESTED),
                true));
  }

  @Test
  void aRowLeavesEmptyWhatTheEventLacks() throws Exception {
    var at = new Coordinates("topic", 3, 42, INGESTED);
    var row = rowOf(new UserEvent("e", "u", "t", 7, null, null, Map.of(), at, false));
    assertThat(row.getSessionId()).isNull();
    assertThat(row.getValue()).isNull();
    assertThat(row.getProperties()).isEmpty();
    assertThat(row.getLate()).isFalse();
  }

  /** The file is complete, though hidden still, once its commit has been prepared. */
  private EventRow rowOf(UserEvent event) throws Exception {
    try (var writer = writer()) {
      writer.write(event, new NoContext());
      ((CommittingSinkWriter<?, ?>) writer).prepareCommit();
      try (var reader =
          AvroParquetReader.<EventRow>builder(
                  new LocalInputFile(onlyFile()), new PlainParquetConfiguration())
              .withDataModel(SpecificData.getForClass(EventRow.class))
              .build()) {
        var row = reader.read();
        assertThat(reader.read()).isNull();
        return row;
      }
    }
  }

  private SinkWriter<UserEvent> writer() throws IOException {
    var config = new LakeConfig(lake.toUri().toString(), 1 << 20);
    return Lake.events(config).createWriter(new ClockedContext());
  }

  private String folderOf(long timestampMillis, boolean late) throws Exception {
    var at = new Coordinates("events", 0, 0, INGESTED);
    var event = new UserEvent("e", "u", "t", timestampMillis, null, null, Map.of(), at, late);
    try (var writer = writer()) {
      writer.write(event, new NoContext());
      return lake.relativize(onlyFile().getParent()).toString();
    }
  }

  private Path onlyFile() throws IOException {
    try (var paths = Files.walk(lake)) {
      var files =
          paths
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().endsWith(".crc"))
              .toList();
      assertThat(files).hasSize(1);
      return files.get(0);
    }
  }

  private static final class ClockedContext extends FakeWriterContext {
    ClockedContext() {
      super(0);
    }

    @Override
    public ProcessingTimeService getProcessingTimeService() {
      return new TestProcessingTimeService();
    }
  }

  private static final class NoContext implements SinkWriter.Context {
    @Override
    public long currentWatermark() {
      return Long.MIN_VALUE;
    }

    @Override
    public Long timestamp() {
      return null;
    }
  }
}
