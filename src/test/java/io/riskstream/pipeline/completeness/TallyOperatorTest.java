package io.riskstream.pipeline.completeness;

import static io.riskstream.testkit.Events.START;
import static io.riskstream.testkit.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.riskstream.model.AuditRow;
import io.riskstream.model.Coordinates;
import io.riskstream.model.UserEvent;
import io.riskstream.risk.Verdict;
import io.riskstream.source.Intake;
import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a tally hands on, and when; the bound of the test is eight sums. */
final class TallyOperatorTest {
  private static final long HOUR = Account.HOUR_MILLIS;
  private static final int MOST_SUMS = 8;

  private TallyOperator tally;
  private OneInputStreamOperatorTestHarness<Account, PartitionDelta> harness;

  @BeforeEach
  void open() throws Exception {
    tally = new TallyOperator(MOST_SUMS, Completeness.FOLDERS, Completeness.GAPS);
    harness = new OneInputStreamOperatorTestHarness<>(tally);
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void addsUpByPartitionAndIngestHourAndByFolder() throws Exception {
    judge(Verdict.ACCEPTED, at(0, 0, 1), at(0, HOUR - 20, 2), at(1, 0, 7), at(0, HOUR, 3));
    judge(Verdict.DUPLICATE, at(0, 5, 4));
    judge(Verdict.LATE, at(0, 5, 5));
    judge(Verdict.CONFLICTING_DUPLICATE, at(0, 5, 6));
    assertThat(harness.extractOutputValues()).isEmpty();
    tally.prepareSnapshotPreBarrier(1);
    assertThat(harness.extractOutputValues())
        .containsExactlyInAnyOrder(
            new PartitionDelta("events", 0, START, counts(0, 2, 1, 1, 1)),
            new PartitionDelta("events", 1, START, counts(0, 1, 0, 0, 0)),
            new PartitionDelta("events", 0, START + HOUR, counts(0, 1, 0, 0, 0)));
    assertThat(side(Completeness.FOLDERS))
        .containsExactlyInAnyOrder(
            new FolderDelta("events", START, "events", 0, new FolderCounts(2, 1, 1, 2)),
            new FolderDelta("events", START, "events", 1, new FolderCounts(1, 0, 7, 7)),
            new FolderDelta("events", START + HOUR, "events", 0, new FolderCounts(1, 0, 3, 3)));
  }

  @Test
  void filesALateRowWhereTheLakeDoes() throws Exception {
    var old = event("ann", "old", "purchase", -48 * HOUR, 0, 1);
    var ingestedNow = new Coordinates("events", 0, 1, START);
    var late =
        new UserEvent(
            "old",
            "ann",
            "purchase",
            old.timestampMillis(),
            null,
            null,
            old.properties(),
            ingestedNow,
            true);
    judge(Verdict.LATE, late);
    judge(Verdict.ACCEPTED, late);
    harness.endInput();
    assertThat(side(Completeness.FOLDERS))
        .extracting(FolderDelta::hourMillis)
        .containsExactlyInAnyOrder(START, START - 48 * HOUR);
  }

  @Test
  void handsOnBeforeTheWatermarkAndTheBarrierAndAtTheEnd() throws Exception {
    judge(Verdict.ACCEPTED, at(0, 0, 1));
    harness.processWatermark(START);
    assertThat(harness.getOutput())
        .extracting(element -> element instanceof Watermark)
        .containsExactly(false, true);
    judge(Verdict.ACCEPTED, at(0, 0, 2));
    tally.prepareSnapshotPreBarrier(1);
    assertThat(harness.extractOutputValues()).hasSize(2);
    judge(Verdict.ACCEPTED, at(0, 0, 3));
    harness.endInput();
    assertThat(harness.extractOutputValues()).hasSize(3);
    assertThat(side(Completeness.FOLDERS)).hasSize(3);
  }

  @Test
  void hasNothingToKeepAtACheckpointAndHandsOnNothingTwice() throws Exception {
    judge(Verdict.ACCEPTED, at(0, 0, 1));
    harness.prepareSnapshotPreBarrier(1);
    var state = harness.snapshot(1, 1);
    assertThat(state.hasState()).isFalse();
    harness.processWatermark(START);
    harness.endInput();
    assertThat(harness.extractOutputValues()).hasSize(1);
  }

  @Test
  void handsOnAtItsBoundSoThatMemoryHasOne() throws Exception {
    for (var partition = 0; partition < MOST_SUMS / 2; partition++) {
      assertThat(harness.extractOutputValues()).isEmpty();
      judge(Verdict.ACCEPTED, at(partition, 0, 1));
    }
    assertThat(harness.extractOutputValues()).hasSize(MOST_SUMS / 2);
  }

  @Test
  void saysThatAnHourHasBegunAfterAllOfTheOneBefore() throws Exception {
    for (var hour : List.of(2, 0, 3, 1)) {
      receive(0, hour * HOUR, hour);
    }
    harness.endInput();
    assertThat(harness.extractOutputValues())
        .extracting(PartitionDelta::hourMillis)
        .containsExactly(START, START + HOUR, START + 2 * HOUR, START + 3 * HOUR);
  }

  @Test
  void passesALostRangeOnAtOnceAsARow() throws Exception {
    var gap = new Intake.Gap("events", 0, 10, 19, true, START + 5);
    process(Account.gap(gap, 10, START));
    process(Account.gap(new Intake.Gap("events", 0, 20, 21, false, START + 5), 20, START));
    assertThat(side(Completeness.GAPS))
        .extracting(
            AuditRow::getKind,
            AuditRow::getFirstOffset,
            AuditRow::getLastOffset,
            AuditRow::getLost,
            row -> row.getTime().toEpochMilli())
        .containsExactly(tuple("gap", 10L, 19L, 10L, START + 5));
    harness.endInput();
    assertThat(harness.extractOutputValues())
        .containsExactly(
            new PartitionDelta("events", 0, START, new HourCounts(0, 0, 0, 0, 0, 2, 10, 10, 21)));
  }

  private static UserEvent at(int partition, long millisAfterStart, long offset) {
    return event("ann", "e" + offset, "purchase", millisAfterStart, partition, offset);
  }

  private static HourCounts counts(
      long received, long accepted, long duplicate, long late, long deadLettered) {
    return new HourCounts(
        received, accepted, duplicate, late, deadLettered, 0, 0, Long.MAX_VALUE, -1);
  }

  private void receive(int partition, long millisAfterStart, long offset) throws Exception {
    var record = new Coordinates("events", partition, offset, START + millisAfterStart);
    process(Account.received(record, offset, false));
  }

  private void judge(Verdict verdict, UserEvent... events) throws Exception {
    for (var event : events) {
      process(Account.judged(event, verdict));
    }
  }

  private void process(Account account) throws Exception {
    harness.processElement(account, 0);
  }

  private <T> List<T> side(OutputTag<T> tag) {
    var recorded = harness.getSideOutput(tag);
    return recorded == null ? List.of() : recorded.stream().map(StreamRecord::getValue).toList();
  }
}
