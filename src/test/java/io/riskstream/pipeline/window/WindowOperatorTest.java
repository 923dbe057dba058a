package io.riskstream.pipeline.window;

import static io.riskstream.pipeline.window.WindowStory.LATENESS;
import static io.riskstream.pipeline.window.WindowStory.MINUTE;
import static io.riskstream.pipeline.window.WindowStory.at;
import static io.riskstream.pipeline.window.WindowStory.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.riskstream.model.HotWindow;
import io.riskstream.model.WindowRow;
import io.riskstream.testkit.OperatorCounters;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a window's rows are written, and what they say; windows are of two minutes. */
final class WindowOperatorTest {
  private static final int EPOCH = 7;

  private KeyedOneInputStreamOperatorTestHarness<WindowKey, WindowDelta, WindowRow> operator;
  private OperatorCounters counters;

  @BeforeEach
  void open() throws Exception {
    operator = start(null, LATENESS);
  }

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  @Test
  void writesARowAtItsEndAnotherAfterMoreHasComeAndTheFinalOneAtTheLine() throws Exception {
    add(0, 3);
    watermark(at(2) - 1);
    assertThat(rows()).isEmpty();
    watermark(at(2));
    add(0, 1);
    add(0, 1);
    assertThat(rows()).hasSize(1);
    watermark(at(2) + 1);
    watermark(at(2) + LATENESS - 1);
    assertThat(rows()).hasSize(2);
    watermark(at(2) + LATENESS);
    assertThat(revisions())
        .containsExactly(tuple(0, 3L, false), tuple(1, 5L, false), tuple(2, 5L, true));
    assertThat(operator.numKeyedStateEntries()).isZero();
    assertThat(operator.numEventTimeTimers()).isZero();
  }

  @Test
  void aWindowWhoseFirstEventComesBehindItsEndHasItsFirstRowAtTheNextWatermark() throws Exception {
    watermark(at(9));
    add(0, 1);
    assertThat(rows()).isEmpty();
    watermark(at(9) + 1);
    assertThat(revisions()).containsExactly(tuple(0, 1L, false));
  }

  @Test
  void saysAllOfARow() throws Exception {
    var sums =
        WindowSums.NONE.plusEvent(1L).plusEvent(null).plusEvent(2L).plusEvent(-4L).plusUsers(2);
    operator.processElement(delta(3, sums), 0);
    operator.processWatermark(Watermark.MAX_WATERMARK);
    assertThat(rows().get(1))
        .isEqualTo(
            WindowRow.newBuilder()
                .setWindow("2m/1m")
                .setWindowStart(Instant.ofEpochMilli(at(3)))
                .setWindowEnd(Instant.ofEpochMilli(at(5)))
                .setEventType("login")
                .setCount(4)
                .setDistinctUsers(2)
                .setValueCount(3)
                .setSum(new BigDecimal("-0.000001"))
                .setMin(new BigDecimal("-0.000004"))
                .setMax(new BigDecimal("0.000002"))
                .setAvg(new BigDecimal("0.000000"))
                .setRevision(1)
                .setFinal$(true)
                .build());
  }

  @Test
  void averagesHalfToEvenAndLeavesOutWhatNoEventHas() throws Exception {
    operator.processElement(delta(0, WindowSums.NONE.plusEvent(1L).plusEvent(2L)), 0);
    operator.processElement(delta(1, WindowSums.NONE.plusEvent(2L).plusEvent(3L)), 0);
    operator.processElement(delta(2, WindowSums.NONE.plusEvent(null)), 0);
    watermark(at(4));
    assertThat(rows())
        .extracting(WindowRow::getSum, WindowRow::getAvg, WindowRow::getMin, WindowRow::getMax)
        .containsExactly(
            tuple(micros(3), micros(2), micros(1), micros(2)),
            tuple(micros(5), micros(2), micros(2), micros(3)),
            tuple(micros(0), null, null, null));
  }

  @Test
  void addsUpSumsThatNoLongHolds() throws Exception {
    var largest = 999_999_999_999_999_999L;
    var sums = WindowSums.NONE;
    for (var event = 0; event < 100; event++) {
      sums = sums.plusEvent(largest);
    }
    operator.processElement(delta(0, sums), 0);
    operator.processElement(delta(0, sums), 0);
    operator.processElement(delta(1, WindowSums.NONE.plusEvent(-largest)), 0);
    for (var event = 0; event < 99; event++) {
      operator.processElement(delta(1, WindowSums.NONE.plusEvent(-largest)), 0);
    }
    watermark(at(3));
    assertThat(rows())
        .extracting(WindowRow::getSum, WindowRow::getAvg)
        .containsExactly(
            tuple(micros(largest).multiply(BigDecimal.valueOf(200)), micros(largest)),
            tuple(micros(-largest).multiply(BigDecimal.valueOf(100)), micros(-largest)));
  }

  @Test
  void theHotStoreGetsEachRowWithAVersionThatGrows() throws Exception {
    add(0, 3);
    watermark(at(2));
    add(0, 1);
    add(1, 1);
    watermark(at(3));
    var hot =
        operator.getSideOutput(Windows.HOT_WINDOWS).stream()
            .map(StreamRecord::getValue)
            .map(HotWindow.class::cast)
            .toList();
    assertThat(hot).extracting(HotWindow::name).containsOnly("2m/1m:login");
    assertThat(hot).extracting(HotWindow::version).isSorted().doesNotHaveDuplicates();
    assertThat(hot.get(1).version())
        .matches("0000000007-%019d-\\d{10}-0000000001".formatted(at(2)));
    assertThat(hot.get(1).fields())
        .containsEntry("window", "2m/1m")
        .containsEntry("window_start", Long.toString(at(0)))
        .containsEntry("count", "4")
        .containsEntry("final", "false")
        .containsEntry("sum", "0.000000")
        .doesNotContainKeys("avg", "min", "max");
  }

  @Test
  void goesOnAfterARestoreWithARevisionForWhatCameBeforeItAndAfterIt() throws Exception {
    add(0, 1);
    watermark(at(2));
    add(0, 1);
    restart(LATENESS);
    add(0, 1);
    assertThat(rows()).as("the watermark says nothing yet").isEmpty();
    watermark(at(3));
    watermark(at(2) + LATENESS);
    assertThat(revisions()).containsExactly(tuple(1, 3L, false), tuple(2, 3L, true));
    assertThat(operator.numKeyedStateEntries()).isZero();
  }

  @Test
  void failsWhereAnEventComesForAWindowThatIsClosed() throws Exception {
    watermark(at(2) + LATENESS);
    assertThatThrownBy(() -> add(0, 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2 events")
        .hasMessageContaining("finality line was at " + at(2));
    add(1, 1);
  }

  @Test
  void countsAndLeavesOutWhatComesForAWindowThatWasClosedBeforeARestore() throws Exception {
    add(0, 1);
    watermark(at(2) + LATENESS);
    restart(LATENESS);
    add(0, 2);
    add(1, 5);
    operator.processWatermark(Watermark.MAX_WATERMARK);
    assertThat(revisions()).containsExactly(tuple(0, 5L, false), tuple(1, 5L, true));
    assertThat(counters.count("eventsBehindWindows")).isEqualTo(2);
  }

  @Test
  void remembersWhatWasClosedOverARunThatSawNoWatermark() throws Exception {
    add(0, 1);
    watermark(at(2) + LATENESS);
    restart(LATENESS);
    restart(LATENESS);
    add(0, 2);
    operator.processWatermark(Watermark.MAX_WATERMARK);
    assertThat(rows()).isEmpty();
  }

  @Test
  void followsALatenessThatChangedOverARestore() throws Exception {
    add(0, 1);
    watermark(at(2));
    restart(LATENESS + MINUTE);
    watermark(at(2) + LATENESS);
    assertThat(rows()).isEmpty();
    watermark(at(2) + LATENESS + MINUTE);
    assertThat(revisions()).containsExactly(tuple(1, 1L, true));
    assertThat(operator.numKeyedStateEntries()).isZero();
    assertThat(operator.numEventTimeTimers()).isZero();
  }

  private void restart(long latenessMillis) throws Exception {
    var state = operator.snapshot(1, 1);
    operator.close();
    operator = start(state, latenessMillis);
  }

  private KeyedOneInputStreamOperatorTestHarness<WindowKey, WindowDelta, WindowRow> start(
      OperatorSubtaskState state, long latenessMillis) throws Exception {
    counters = new OperatorCounters();
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new WindowFunction(time(latenessMillis), EPOCH)),
            WindowDelta::key,
            Types.POJO(WindowKey.class),
            counters.environment());
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private void add(int minute, long events) throws Exception {
    var sums = WindowSums.NONE;
    for (var event = 0; event < events; event++) {
      sums = sums.plusEvent(null);
    }
    operator.processElement(delta(minute, sums), 0);
  }

  private static WindowDelta delta(int minute, WindowSums sums) {
    return new WindowDelta(new WindowKey("2m/1m", "login", at(minute)), at(minute + 2), sums);
  }

  private void watermark(long millis) throws Exception {
    operator.processWatermark(millis);
  }

  private static BigDecimal micros(long micros) {
    return BigDecimal.valueOf(micros, 6);
  }

  private List<WindowRow> rows() {
    return operator.extractOutputValues();
  }

  private List<Tuple> revisions() {
    return rows().stream()
        .map(row -> tuple(row.getRevision(), row.getCount(), row.getFinal$()))
        .toList();
  }
}
