package io.riskstream.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.config.LakeConfig;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.demo.DataFolder;
import io.riskstream.demo.Demo;
import io.riskstream.demo.DemoSettings;
import io.riskstream.demo.StopRequest;
import io.riskstream.manifest.Manifest;
import io.riskstream.model.Alert;
import io.riskstream.model.EventRow;
import io.riskstream.model.LedgerRow;
import io.riskstream.ops.Verification;
import io.riskstream.pipeline.PipelineJob;
import io.riskstream.testkit.Configs;
import io.riskstream.testkit.ParquetFiles;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Batch equals stream: the rows that a batch makes of a recorded lake are that lake's rows. */
@Timeout(240)
final class BatchJobITCase {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir Path path;

  @Test
  void aBatchOverTheRecordedLakeOfAStreamGivesTheSameFinalRows() throws Exception {
    var settings = new DemoSettings(Duration.ofSeconds(12), 1_500, 300, 7, null, 0, 0, 0);
    var streamed = path.resolve("streamed");
    try (var folder = DataFolder.open(streamed);
        var demo = new Demo(PipelineJob::define, settings, folder, new StopRequest(), line -> {})) {
      assertThat(demo.start()).isTrue();
      assertThat(demo.run().isComplete()).isTrue();
      assertHasAllVerdicts(demo.config(), Manifest.read(folder.manifest()));
      var batch = path.resolve("batch");
      run(demo.config().lake(), batch);

      for (var dataset : FinalRows.ALL) {
        var rows = dataset.read(folder.lake());
        assertThat(rows).as(dataset.name()).hasSizeGreaterThan(dataset.least());
        assertThat(dataset.read(batch)).as(dataset.name()).isEqualTo(rows);
      }
      assertThat(folder.lake().resolve("control")).isDirectory();
    }
  }

  @Test
  void anIdThatWasAcceptedTwiceIsAcceptedTwiceAndALateEventStaysUnscored() throws Exception {
    var recorded = path.resolve("recorded");
    var folder = recorded.resolve("events/year=2026/month=01/day=01/hour=12");
    var first = row(0, "one", NOON, false);
    var again = row(1, "one", NOON.plusSeconds(1_800), false);
    var late = row(2, "two", NOON.plusSeconds(1), true);
    ParquetFiles.write(folder.resolve("part-1.parquet"), List.of(again, late));
    ParquetFiles.write(folder.resolve("part-2.parquet"), List.of(first));
    ParquetFiles.write(folder.resolve(".part-3.parquet"), List.of(first));
    var batch = path.resolve("batch");
    run(new LakeConfig(recorded.toUri().toString(), 1 << 20), batch);

    assertThat(ParquetFiles.read(batch.resolve("events"), EventRow.class))
        .isEqualTo(ParquetFiles.read(recorded.resolve("events"), EventRow.class))
        .hasSize(3);
    assertThat(ParquetFiles.read(batch.resolve("ledger"), LedgerRow.class))
        .satisfiesExactly(
            row -> assertThat(row).contains("\"sequence\": 1", "\"score_after\": 0.100000"),
            row -> assertThat(row).contains("\"sequence\": 2", "\"score_after\": 0.200000"));
    assertThat(
            Files.readString(
                batch.resolve("ledger/year=2026/month=01/day=01/hour=12").resolve("_SEALED")))
        .contains("\"rows\":2");
  }

  /** Quality is of what Kafka gave, in its order, of which the lake has only a part. */
  @Test
  void noAlertsOfQualityAreMadeOfALake() throws Exception {
    var recorded = path.resolve("recorded");
    var rows = new ArrayList<EventRow>();
    for (var offset = 0; offset < 2_000; offset++) {
      var row = row(offset, "id-" + offset, NOON.plusMillis(offset * 100L), false);
      row.setEventType("of-no-known-type");
      rows.add(row);
    }
    ParquetFiles.write(
        recorded.resolve("events/year=2026/month=01/day=01/hour=12/part-1.parquet"), rows);
    var batch = path.resolve("batch");
    run(new LakeConfig(recorded.toUri().toString(), 1 << 20), batch);

    assertThat(ParquetFiles.read(batch.resolve("events"), EventRow.class)).hasSize(2_000);
    var alerts = batch.resolve("alerts");
    assertThat(Files.exists(alerts) ? ParquetFiles.read(alerts, Alert.class) : List.of())
        .filteredOn(alert -> alert.contains("data-quality"))
        .isEmpty();
  }

  @Test
  void refusesToWriteTheLakeThatItReads() {
    var config = Configs.unreachable();
    assertThatThrownBy(
            () ->
                BatchJob.define(
                    StreamExecutionEnvironment.getExecutionEnvironment(), config, config.lake()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lake.path");
  }

  private static void assertHasAllVerdicts(RiskstreamConfig config, Manifest manifest) {
    var printed = new ByteArrayOutputStream();
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    var figures = Verification.run(config, manifest, out).figures();
    for (var kind : List.of("accepted", "duplicate", "late", "dead_lettered")) {
      assertThat(((Number) figures.get(kind)).longValue()).as(kind).isPositive();
    }
  }

  private static EventRow row(long offset, String id, Instant time, boolean late) {
    return new EventRow(
        id, "ann", "failed_login", time, null, null, Map.of(), "events", 0, offset, time, late);
  }

  private static void run(LakeConfig recorded, Path lake) throws Exception {
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment.setParallelism(2);
    var config = Configs.of("127.0.0.1:1", "redis://127.0.0.1:1", lake);
    BatchJob.define(environment, config, recorded);
    environment.execute();
  }
}
