package io.riskstream.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.LakeConfig;
import io.riskstream.model.Coordinates;
import io.riskstream.model.UserEvent;
import io.riskstream.testkit.FakeWriterContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Under which folder an event is filed; all are ingested on 2026-01-03 at noon. */
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

  private String folderOf(long timestampMillis, boolean late) throws Exception {
    var at = new Coordinates("events", 0, 0, INGESTED);
    var event = new UserEvent("e", "u", "t", timestampMillis, null, null, Map.of(), at, late);
    var config = new LakeConfig(lake.toUri().toString(), 1 << 20);
    try (var writer = Lake.events(config).createWriter(new ClockedContext())) {
      writer.write(event, new NoContext());
      return onlyFolder();
    }
  }

  private String onlyFolder() throws IOException {
    try (var paths = Files.walk(lake)) {
      var files = paths.filter(Files::isRegularFile).toList();
      assertThat(files).hasSize(1);
      return lake.relativize(files.get(0).getParent()).toString();
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
