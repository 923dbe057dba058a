package io.riskstream.pipeline.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.riskstream.model.AuditRow;
import io.riskstream.model.AuditedRange;
import io.riskstream.model.GatedDocument;
import io.riskstream.model.HotRebuild;
import io.riskstream.model.Ruleset;
import io.riskstream.model.RulesetDocument;
import io.riskstream.pipeline.completeness.HourCounts;
import io.riskstream.pipeline.completeness.PartitionDelta;
import io.riskstream.testkit.Events;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of runs and checkpoints, and when. */
final class CheckpointAuditOperatorTest {
  private static final long NOON = Events.START;

  private CheckpointAuditOperator operator;
  private TwoInputStreamOperatorTestHarness<PartitionDelta, GatedDocument, AuditRow> harness;

  @BeforeEach
  void open() throws Exception {
    start(null);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void writesTheRunBeforeTheFirstCheckpointAndEachCheckpointOfWhatWasRead() throws Exception {
    harness.setProcessingTime(NOON);
    read(1, 5, 0, 9);
    read(0, 3, 20, 24);
    read(0, 2, 25, 26);
    judged(0, new HourCounts(0, 2, 1, 1, 1, 0, 0, Long.MAX_VALUE, -1));
    watermark(NOON - 1_000);
    assertThat(rows()).isEmpty();
    checkpoint(7);
    assertThat(rows())
        .extracting(AuditRow::getKind, AuditRow::getCheckpointId, AuditRow::getRulesVersion)
        .containsExactly(tuple("run", null, "first"), tuple("checkpoint", 7L, "first"));
    var row = rows().get(1);
    assertThat(row.getRunId()).isNotEmpty().isEqualTo(rows().get(0).getRunId()).endsWith("-0");
    assertThat(row.getTime()).isEqualTo(Instant.ofEpochMilli(NOON));
    assertThat(row.getWatermark()).isEqualTo(Instant.ofEpochMilli(NOON - 1_000));
    assertThat(row.getCodeVersion()).isNotEmpty().isNotEqualTo("unknown");
    assertThat(row.getPartitions())
        .containsExactly(
            new AuditedRange("events", 0, 5L, 2L, 1L, 1L, 1L, 20L, 26L),
            new AuditedRange("events", 1, 5L, 0L, 0L, 0L, 0L, 0L, 9L));
  }

  @Test
  void saysNothingOfACheckpointInWhichNothingWasRead() throws Exception {
    read(0, 1, 0, 0);
    checkpoint(1);
    checkpoint(2);
    read(0, 1, 1, 1);
    checkpoint(3);
    assertThat(rows())
        .extracting(AuditRow::getKind, AuditRow::getCheckpointId)
        .containsExactly(tuple("run", null), tuple("checkpoint", 1L), tuple("checkpoint", 3L));
  }

  @Test
  void writesWhatIsLeftAtTheEndOfTheInput() throws Exception {
    read(0, 1, 0, 0);
    checkpoint(1);
    read(0, 2, 1, 2);
    harness.processBothWatermarks(Watermark.MAX_WATERMARK);
    harness.getOperator().finish();
    checkpoint(2);
    assertThat(rows()).hasSize(3);
    assertThat(rows().get(2).getCheckpointId()).isNull();
    assertThat(rows().get(2).getWatermark()).isNull();
    assertThat(rows().get(2).getPartitions())
        .extracting(AuditedRange::getLastOffset)
        .containsExactly(2L);
  }

  @Test
  void namesTheRulesetInForceAtTheWatermark() throws Exception {
    publish("third", NOON + 2_000, 9);
    publish("second", NOON + 1_000, 8);
    publish("overruled", NOON + 2_000, 7);
    harness.processElement2(
        new GatedDocument(new HotRebuild("r", 1, 0, "", null, null), Long.MIN_VALUE, 10), 0);
    for (var millis : List.of(-1, 999, 1_000, 1_999, 2_000)) {
      watermark(NOON + millis);
      read(0, 1, 0, 0);
      checkpoint(millis + 2);
    }
    assertThat(rows())
        .extracting(AuditRow::getRulesVersion)
        .containsExactly("first", "first", "first", "second", "second", "third");
  }

  @Test
  void knowsTheRulesetAfterARestoreBeforeAnyWatermarkAndCountsNothingTwice() throws Exception {
    publish("second", NOON + 1_000, 8);
    publish("third", NOON + 2_000, 9);
    watermark(NOON + 1_500);
    read(0, 4, 0, 3);
    checkpoint(1);
    var state = harness.snapshot(1, 1);
    harness.close();
    start(state);
    publish("second", NOON + 1_000, 8);
    read(0, 2, 4, 5);
    checkpoint(2);
    assertThat(rows())
        .extracting(AuditRow::getKind, AuditRow::getRulesVersion)
        .containsExactly(tuple("run", "second"), tuple("checkpoint", "second"));
    // Flink's number of the attempt is 0 again, as with a new JobManager.
    assertThat(rows().get(0).getRunId()).doesNotEndWith("-0");
    assertThat(rows().get(1).getWatermark()).isNull();
    assertThat(rows().get(1).getPartitions())
        .extracting(AuditedRange::getReceived)
        .containsExactly(2L);
    watermark(NOON + 2_000);
    read(0, 1, 6, 6);
    checkpoint(3);
    assertThat(rows().get(2).getRulesVersion()).isEqualTo("third");
  }

  private void start(OperatorSubtaskState state) throws Exception {
    operator = new CheckpointAuditOperator("first");
    harness = new TwoInputStreamOperatorTestHarness<>(operator);
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  private void read(int partition, long received, long first, long last) throws Exception {
    var skipped = last - first + 1 - received;
    var counts = new HourCounts(received, 0, 0, 0, 0, skipped, 0, first, last);
    harness.processElement1(new PartitionDelta("events", partition, NOON, counts), 0);
  }

  private void judged(int partition, HourCounts counts) throws Exception {
    harness.processElement1(new PartitionDelta("events", partition, NOON, counts), 0);
  }

  private void publish(String version, long cutMillis, long offset) throws Exception {
    var ruleset = new Ruleset(version, Map.of(), 0, 1, List.of(), List.of());
    harness.processElement2(
        new GatedDocument(new RulesetDocument("rules", 1, null, ruleset), cutMillis, offset), 0);
  }

  private void watermark(long millis) throws Exception {
    harness.processBothWatermarks(new Watermark(millis));
  }

  private void checkpoint(long number) throws Exception {
    operator.prepareSnapshotPreBarrier(number);
  }

  private List<AuditRow> rows() {
    return harness.extractOutputValues();
  }
}
