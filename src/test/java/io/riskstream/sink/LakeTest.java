package io.riskstream.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.LakeConfig;
import io.riskstream.model.ActivityRow;
import io.riskstream.model.Alert;
import io.riskstream.model.ControlRow;
import io.riskstream.model.Coordinates;
import io.riskstream.model.EventRow;
import io.riskstream.model.ProfileRow;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.model.UserEvent;
import io.riskstream.testkit.FakeWriterContext;
import io.riskstream.testkit.SampleAlerts;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.connector.file.sink.FileSink;
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

  private final List<String> folders = new ArrayList<>();

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

  @Test
  void filesAProfileAsItFilesAnEvent() throws Exception {
    assertThat(folderOf(profile(INGESTED - 30 * DAY, false)))
        .isEqualTo("profiles/year=2025/month=12/day=04/hour=12");
    assertThat(folderOf(profile(INGESTED - DAY - 1, true)))
        .isEqualTo("profiles/year=2026/month=01/day=03/hour=12");
  }

  @Test
  void aRowOfAProfileSaysAllThatTheUpdateSaysAndWhereItCameFrom() throws Exception {
    assertThat(only(Lake.profiles(config()), profile(7, true), ProfileRow.class))
        .isEqualTo(
            new ProfileRow(
                "u",
                Instant.ofEpochMilli(7),
                Map.of("a", "1"),
                "topic",
                3,
                42L,
                Instant.ofEpochMilli(INGESTED),
                true));
  }

  @Test
  void filesWhatIsAboutATimeUnderThatTime() throws Exception {
    var noon = Instant.ofEpochMilli(INGESTED);
    var activity =
        ActivityRow.newBuilder()
            .setUserId("u")
            .setWindowStart(noon)
            .setWindowEnd(noon.plusSeconds(7_200))
            .setCount(1)
            .setCounts(Map.of("t", 1L))
            .setTypes(List.of("t"))
            .setFirstEvent(noon.plusSeconds(3_600))
            .setLastEvent(noon.plusSeconds(3_600))
            .setRulesVersion("v")
            .build();
    assertThat(only(Lake.activity(config()), activity, ActivityRow.class)).isEqualTo(activity);
    var alert = SampleAlerts.raised("u");
    alert.setEventTime(noon.plusSeconds(3_600));
    assertThat(only(Lake.alerts(config()), alert, Alert.class)).isEqualTo(alert);
    var document =
        new ControlRow("ruleset", "r", 1, noon.plusSeconds(9_000), "{}", "control", 0, 5L, noon);
    assertThat(only(Lake.control(config()), document, ControlRow.class)).isEqualTo(document);
    assertThat(folders)
        .containsExactly(
            "activity/year=2026/month=01/day=03/hour=12",
            "alerts/year=2026/month=01/day=03/hour=13",
            "control/year=2026/month=01/day=03/hour=12");
  }

  private static ProfileUpdate profile(long timestampMillis, boolean late) {
    var at = new Coordinates("topic", 3, 42, INGESTED);
    return new ProfileUpdate("u", timestampMillis, Map.of("a", "1"), at, late);
  }

  private String folderOf(ProfileUpdate update) throws Exception {
    only(Lake.profiles(config()), update, ProfileRow.class);
    return folders.remove(0);
  }

  private LakeConfig config() {
    return new LakeConfig(lake.toUri().toString(), 1 << 20);
  }

  /** Writes one element, notes its folder, and returns the row that its file holds. */
  private <T, R extends SpecificRecordBase> R only(FileSink<T> sink, T element, Class<R> type)
      throws Exception {
    var before = files();
    try (var writer = sink.createWriter(new ClockedContext())) {
      writer.write(element, new NoContext());
      ((CommittingSinkWriter<?, ?>) writer).prepareCommit();
      var written = files();
      written.removeAll(before);
      assertThat(written).hasSize(1);
      folders.add(lake.relativize(written.get(0).getParent()).toString());
      try (var reader =
          AvroParquetReader.<R>builder(
                  new LocalInputFile(written.get(0)), new PlainParquetConfiguration())
              .withDataModel(SpecificData.getForClass(type))
              .build()) {
        return reader.read();
      }
    }
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
    return Lake.events(config()).createWriter(new ClockedContext());
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
    var files = files();
    assertThat(files).hasSize(1);
    return files.get(0);
  }

  private List<Path> files() throws IOException {
    try (var paths = Files.walk(lake)) {
      return new ArrayList<>(
          paths
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().endsWith(".crc"))
              .toList());
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
