package io.riskstream.pipeline.completeness;

import static io.riskstream.testkit.Events.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.riskstream.model.AuditRow;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When an hour of a partition is written, and what its row says. */
final class CompletenessOperatorTest {
  private static final long HOUR = Account.HOUR_MILLIS;

  private KeyedOneInputStreamOperatorTestHarness<String, PartitionDelta, AuditRow> operator;

  @BeforeEach
  void open() throws Exception {
    operator = start(null);
  }

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  @Test
  void writesAnHourOnceALaterOneHasBegunAndAllOfItHasComeToItsEnd() throws Exception {
    received(0, 0, 10, 19);
    judged(0, new HourCounts(0, 4, 2, 1, 2, 0, 0, Long.MAX_VALUE, -1));
    assertThat(rows()).isEmpty();
    received(0, HOUR, 20, 20);
    assertThat(rows()).as("one record has not come to its end").isEmpty();
    accepted(0, 1);
    assertThat(rows())
        .containsExactly(
            AuditRow.newBuilder()
                .setKind("completeness")
                .setTime(Instant.ofEpochMilli(START))
                .setTopic("events")
                .setPartition(0)
                .setRevision(0)
                .setReceived(10L)
                .setAccepted(5L)
                .setDuplicate(2L)
                .setLate(1L)
                .setDeadLettered(2L)
                .setSkipped(0L)
                .setLost(0L)
                .setFirstOffset(10L)
                .setLastOffset(19L)
                .build());
  }

  @Test
  void takesWhatBecameOfRecordsBeforeItHearsThatTheyWereReceived() throws Exception {
    accepted(0, 2);
    received(0, 0, 0, 1);
    received(0, HOUR, 2, 2);
    assertThat(rows()).extracting(AuditRow::getAccepted).containsExactly(2L);
  }

  @Test
  void partitionsDoNotWaitForEachOther() throws Exception {
    received(0, 0, 0, 0);
    received(1, 0, 0, 4);
    accepted(0, 1);
    received(0, HOUR, 1, 1);
    assertThat(rows()).extracting(AuditRow::getPartition).containsExactly(0);
  }

  @Test
  void writesAnHourAgainThatGetsMoreAfterItsRow() throws Exception {
    received(0, 0, 0, 0);
    accepted(0, 1);
    received(0, HOUR, 1, 1);
    // Another broker leads, and its clock is behind.
    received(0, 0, 2, 2);
    accepted(0, 1);
    assertThat(rows()).as("it is the partition's hour again").hasSize(1);
    received(0, HOUR, 3, 3);
    assertThat(rows())
        .extracting(AuditRow::getRevision, AuditRow::getReceived, AuditRow::getLastOffset)
        .containsExactly(tuple(0, 1L, 0L), tuple(1, 2L, 2L));
  }

  @Test
  void writesWhatIsOpenAtTheEndOfTheInputAndNothingTwice() throws Exception {
    received(0, 0, 0, 0);
    accepted(0, 1);
    received(0, HOUR, 1, 1);
    accepted(HOUR, 1);
    received(1, 0, 0, 0);
    operator.processWatermark(Watermark.MAX_WATERMARK);
    assertThat(rows())
        .extracting(AuditRow::getPartition, row -> row.getTime().toEpochMilli())
        .containsExactlyInAnyOrder(tuple(0, START), tuple(0, START + HOUR), tuple(1, START));
    assertThat(operator.numEventTimeTimers()).isZero();
  }

  @Test
  void countsOnAfterARestoreAndWritesNothingAgain() throws Exception {
    received(0, 0, 0, 4);
    accepted(0, 2);
    var state = operator.snapshot(1, 1);
    operator.close();
    operator = start(state);
    accepted(0, 3);
    received(0, HOUR, 5, 5);
    assertThat(rows()).extracting(AuditRow::getAccepted).containsExactly(5L);
    state = operator.snapshot(2, 2);
    operator.close();
    operator = start(state);
    accepted(HOUR, 1);
    operator.processWatermark(Watermark.MAX_WATERMARK);
    assertThat(rows())
        .extracting(row -> row.getTime().toEpochMilli(), AuditRow::getRevision)
        .containsExactly(tuple(START + HOUR, 0));
  }

  @Test
  void whatIsMissingBeforeTheFirstRecordBelongsToTheHourOfThatRecord() throws Exception {
    process(
        new PartitionDelta(
            "events", 0, Account.NO_HOUR, new HourCounts(0, 0, 0, 0, 0, 0, 10, 0, 9)));
    received(0, 0, 10, 10);
    accepted(0, 1);
    received(0, HOUR, 11, 11);
    assertThat(rows())
        .extracting(AuditRow::getLost, AuditRow::getFirstOffset, AuditRow::getLastOffset)
        .containsExactly(tuple(10L, 0L, 10L));
  }

  @Test
  void forgetsAnHourADayAfterItAndNotBefore() throws Exception {
    for (var hour = 0; hour <= 100; hour++) {
      received(0, hour * HOUR, hour, hour);
      accepted(hour * HOUR, 1);
    }
    assertThat(rows()).hasSize(100);
    assertThat(hoursKept()).as("the open one, and 25 before it").isEqualTo(26);
    received(0, 75 * HOUR, 101, 101);
    accepted(75 * HOUR, 1);
    received(0, 100 * HOUR, 102, 102);
    assertThat(rows().get(100).getReceived()).isEqualTo(2);
  }

  @Test
  void keepsAnHourThatDoesNotBalanceHoweverOld() throws Exception {
    received(0, 0, 0, 0);
    received(0, 1_000 * HOUR, 1, 1);
    accepted(0, 1);
    assertThat(rows()).extracting(AuditRow::getReceived).containsExactly(1L);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, PartitionDelta, AuditRow> start(
      OperatorSubtaskState state) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new CompletenessFunction()),
            PartitionDelta::partitionName,
            Types.STRING);
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private void received(int partition, long hourAfterStart, long first, long last)
      throws Exception {
    var counts = new HourCounts(last - first + 1, 0, 0, 0, 0, 0, 0, first, last);
    process(new PartitionDelta("events", partition, START + hourAfterStart, counts));
  }

  private void accepted(long hourAfterStart, long accepted) throws Exception {
    judged(hourAfterStart, new HourCounts(0, accepted, 0, 0, 0, 0, 0, Long.MAX_VALUE, -1));
  }

  private void judged(long hourAfterStart, HourCounts counts) throws Exception {
    process(new PartitionDelta("events", 0, START + hourAfterStart, counts));
  }

  private void process(PartitionDelta delta) throws Exception {
    operator.processElement(delta, 0);
  }

  private int hoursKept() throws Exception {
    var function = (AbstractStreamOperator<?>) operator.getOperator();
    function.setCurrentKey("events-0");
    var kept = 0;
    for (var ignored :
        function.getKeyedStateStore().getMapState(CompletenessFunction.HOURS).keys()) {
      kept++;
    }
    return kept;
  }

  private List<AuditRow> rows() {
    return operator.extractOutputValues();
  }
}
