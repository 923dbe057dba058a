package io.riskstream.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.LakeConfig;
import io.riskstream.model.WindowRow;
import io.riskstream.testkit.FakeWriterContext;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

/** What the lake keeps of a window, and where. */
final class WindowLakeTest {
  private static final Instant START = Instant.parse("2026-01-03T12:59:00Z");
  private static final BigDecimal LARGEST_VALUE = new BigDecimal("999999999999.999999");
  private static final BigDecimal LARGEST_SUM =
      new BigDecimal("99999999999999999999999999999999.999999");

  @TempDir Path lake;

  @Test
  void readsBackEachRowDigitForDigitUnderTheHourOfItsStart() throws Exception {
    var rows =
        List.of(
            row(LARGEST_SUM, LARGEST_VALUE),
            row(LARGEST_SUM.negate(), LARGEST_VALUE.negate()),
            row(new BigDecimal("-0.000001"), new BigDecimal("-0.000001")),
            row(BigDecimal.valueOf(0, 6), null));
    assertThat(written(rows)).isEqualTo(rows);
  }

  private static WindowRow row(BigDecimal sum, BigDecimal valueOrNull) {
    return WindowRow.newBuilder()
        .setWindow("5m/1m")
        .setWindowStart(START)
        .setWindowEnd(START.plusSeconds(300))
        .setEventType("purchase")
        .setCount(Long.MAX_VALUE)
        .setDistinctUsers(2)
        .setValueCount(valueOrNull == null ? 0 : 1)
        .setSum(sum)
        .setMin(valueOrNull)
        .setMax(valueOrNull)
        .setAvg(valueOrNull)
        .setRevision(3)
        .setFinal$(true)
        .build();
  }

  /** The file is complete, though hidden still, once its commit has been prepared. */
  private List<WindowRow> written(List<WindowRow> rows) throws Exception {
    try (var writer = writer()) {
      for (var row : rows) {
        writer.write(row, new NoContext());
      }
      ((CommittingSinkWriter<?, ?>) writer).prepareCommit();
      var read = new ArrayList<WindowRow>();
      try (var reader =
          AvroParquetReader.<WindowRow>builder(
                  new LocalInputFile(onlyFile()), new PlainParquetConfiguration())
              .withDataModel(SpecificData.getForClass(WindowRow.class))
              .build()) {
        for (var row = reader.read(); row != null; row = reader.read()) {
          read.add(row);
        }
      }
      return read;
    }
  }

  private SinkWriter<WindowRow> writer() throws IOException {
    var config = new LakeConfig(lake.toUri().toString(), 1 << 20);
    return Lake.windows(config)
        .createWriter(
            new FakeWriterContext(0) {
              @Override
              public ProcessingTimeService getProcessingTimeService() {
                return new TestProcessingTimeService();
              }
            });
  }

  private Path onlyFile() throws IOException {
    try (var walk =
        Files.walk(lake.resolve("aggregated/real-time/year=2026/month=01/day=03/hour=12"))) {
      return walk.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }

  private static final class NoContext implements SinkWriter.Context {
    @Override
    public long currentWatermark() {
      return 0;
    }

    @Override
    public Long timestamp() {
      return null;
    }
  }
}
