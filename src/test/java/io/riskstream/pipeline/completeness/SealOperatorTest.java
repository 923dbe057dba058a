package io.riskstream.pipeline.completeness;

import static io.riskstream.testkit.Events.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riskstream.sink.seal.Seal;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When an hour is sealed; lateness is three seconds, a tick of the ledger's timers 78 ms. */
final class SealOperatorTest {
  private static final long HOUR = Account.HOUR_MILLIS;
  private static final long LATENESS = 3_000;
  private static final long TICK = 78;
  private static final ObjectMapper JSON = new ObjectMapper();

  private KeyedOneInputStreamOperatorTestHarness<String, FolderDelta, Seal> operator;

  @BeforeEach
  void open() throws Exception {
    operator = start(null);
  }

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  @Test
  void sealsAnHourWhenTheFinalityLineReachesItsEndAndTheLedgersATickLater() throws Exception {
    events(0, 0, 5, 0);
    ledger(0, 3);
    watermark(HOUR + LATENESS - 1);
    assertThat(seals()).isEmpty();
    watermark(HOUR + LATENESS);
    assertThat(seals()).extracting(Seal::dataset).containsExactly("events");
    watermark(HOUR + LATENESS + TICK - 1);
    assertThat(seals()).hasSize(1);
    watermark(HOUR + LATENESS + TICK);
    assertThat(seals())
        .extracting(Seal::dataset, Seal::hourMillis, Seal::rows)
        .containsExactly(tuple("events", START, 5L), tuple("ledger", START, 3L));
  }

  @Test
  void aSealSaysWhatEachPartitionGave() throws Exception {
    process(new FolderDelta("events", START, "events", 1, new FolderCounts(2, 0, 30, 31)));
    process(new FolderDelta("events", START, "events", 0, new FolderCounts(5, 1, 10, 14)));
    process(new FolderDelta("events", START, "events", 0, new FolderCounts(2, 1, 4, 19)));
    process(
        new FolderDelta("events", START, "events", 2, new FolderCounts(0, 1, Long.MAX_VALUE, -1)));
    operator.setProcessingTime(START + 2 * HOUR);
    watermark(HOUR + LATENESS);
    assertThat(json(seals().get(0)))
        .isEqualTo(
            JSON.readTree(
                """
                {"dataset":"events","hour":"2026-01-01T00:00:00Z","rows":9,"late_rows":3,
                 "partitions":[
                  {"topic":"events","partition":0,"rows":7,"late_rows":2,
                   "first_offset":4,"last_offset":19},
                  {"topic":"events","partition":1,"rows":2,"late_rows":0,
                   "first_offset":30,"last_offset":31},
                  {"topic":"events","partition":2,"rows":0,"late_rows":1}],
                 "watermark":"2026-01-01T01:00:03Z","sealed_at":"2026-01-01T02:00:00Z"}"""));
  }

  @Test
  void eachHourIsSealedByItselfAndAllOfThemAtTheEnd() throws Exception {
    events(HOUR, 0, 2, 0);
    events(0, 0, 1, 0);
    events(2 * HOUR, 0, 3, 0);
    watermark(HOUR + LATENESS);
    assertThat(seals()).extracting(Seal::rows).containsExactly(1L);
    operator.processWatermark(Watermark.MAX_WATERMARK);
    assertThat(seals()).extracting(Seal::rows).containsExactly(1L, 2L, 3L);
    assertThat(json(seals().get(2)).get("watermark").isNull()).isTrue();
    assertThat(operator.numEventTimeTimers()).isZero();
    // What stays is how far it has sealed, and how long hours wait.
    assertThat(operator.numKeyedStateEntries()).isEqualTo(2);
  }

  @Test
  void lateRowsOfASealedHourSealItNotAgain() throws Exception {
    events(0, 0, 5, 0);
    watermark(HOUR + LATENESS);
    events(0, 0, 0, 3);
    watermark(2 * HOUR);
    assertThat(seals()).hasSize(1);
    assertThat(operator.numEventTimeTimers()).isZero();
    assertThat(operator.numKeyedStateEntries()).isEqualTo(2);
  }

  @Test
  void anHourThatOnlyLateRowsCameForIsNotSealed() throws Exception {
    watermark(5 * HOUR);
    events(0, 0, 0, 3);
    watermark(6 * HOUR);
    assertThat(seals()).isEmpty();
    assertThat(operator.numEventTimeTimers()).isZero();
  }

  @Test
  void rowsOfASealedHourSealItNotAgainAfterARestoreEither() throws Exception {
    events(0, 0, 5, 0);
    watermark(HOUR + LATENESS);
    var state = operator.snapshot(1, 1);
    operator.close();
    operator = start(state);
    events(0, 0, 0, 3);
    events(0, 1, 1, 0);
    watermark(HOUR + LATENESS);
    assertThat(seals()).isEmpty();
    assertThat(operator.numEventTimeTimers()).isZero();
  }

  @Test
  void anHourThatWasOpenIsSealedAfterARestore() throws Exception {
    events(0, 0, 5, 1);
    var state = operator.snapshot(1, 1);
    operator.close();
    operator = start(state);
    events(0, 1, 2, 0);
    watermark(HOUR + LATENESS - 1);
    assertThat(seals()).isEmpty();
    watermark(HOUR + LATENESS);
    assertThat(seals()).extracting(Seal::rows).containsExactly(7L);
  }

  @Test
  void anOpenHourWaitsLongerOnceTheLatenessIsGreater() throws Exception {
    events(0, 0, 5, 0);
    restart(LATENESS + 10_000);
    watermark(HOUR + LATENESS);
    assertThat(seals()).isEmpty();
    events(0, 1, 2, 0);
    watermark(HOUR + LATENESS + 10_000 - 1);
    assertThat(seals()).isEmpty();
    watermark(HOUR + LATENESS + 10_000);
    assertThat(seals()).extracting(Seal::hourMillis, Seal::rows).containsExactly(tuple(START, 7L));
    assertThat(operator.numEventTimeTimers()).isZero();
  }

  @Test
  void anOpenHourIsSealedUnderAGreaterLatenessThoughNothingElseComes() throws Exception {
    events(0, 0, 5, 0);
    restart(LATENESS + 10_000);
    watermark(HOUR + LATENESS + 10_000);
    assertThat(seals()).extracting(Seal::hourMillis).containsExactly(START);
  }

  /** The user operator's timers of then still come at the greater lateness. */
  @Test
  void theHoursOfBeforeASmallerLatenessWaitForTheGreaterAndLaterOnesDoNot() throws Exception {
    events(0, 0, 5, 0);
    restart(1_000);
    events(0, 1, 2, 0);
    watermark(HOUR + LATENESS - 1);
    assertThat(seals()).isEmpty();
    watermark(HOUR + LATENESS);
    assertThat(seals()).extracting(Seal::rows).containsExactly(7L);
    events(HOUR, 0, 3, 0);
    watermark(2 * HOUR + 1_000 - 1);
    assertThat(seals()).hasSize(1);
    watermark(2 * HOUR + 1_000);
    assertThat(seals()).extracting(Seal::rows).containsExactly(7L, 3L);
    assertThat(operator.numEventTimeTimers()).isZero();
  }

  @Test
  void noLaterHourIsSealedBeforeOneThatStillWaits() throws Exception {
    operator.close();
    operator = start(null, 5 * HOUR);
    events(0, 0, 5, 0);
    restart(0);
    events(HOUR, 0, 3, 0);
    watermark(6 * HOUR - 1);
    assertThat(seals()).isEmpty();
    watermark(6 * HOUR);
    assertThat(seals()).extracting(Seal::rows).containsExactly(5L, 3L);
  }

  private void restart(long latenessMillis) throws Exception {
    var state = operator.snapshot(1, 1);
    operator.close();
    operator = start(state, latenessMillis);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, FolderDelta, Seal> start(
      OperatorSubtaskState state) throws Exception {
    return start(state, LATENESS);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, FolderDelta, Seal> start(
      OperatorSubtaskState state, long latenessMillis) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new SealFunction(latenessMillis, TICK, 0)),
            FolderDelta::dataset,
            Types.STRING);
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private void events(long hourAfterStart, int partition, long rows, long lateRows)
      throws Exception {
    process(
        new FolderDelta(
            "events",
            START + hourAfterStart,
            "events",
            partition,
            new FolderCounts(rows, lateRows, 0, rows)));
  }

  private void ledger(long hourAfterStart, long rows) throws Exception {
    process(
        new FolderDelta(
            "ledger",
            START + hourAfterStart,
            "",
            -1,
            new FolderCounts(rows, 0, Long.MAX_VALUE, -1)));
  }

  private void process(FolderDelta delta) throws Exception {
    operator.processElement(delta, 0);
  }

  private void watermark(long millisAfterStart) throws Exception {
    operator.processWatermark(new Watermark(START + millisAfterStart));
  }

  private static JsonNode json(Seal seal) throws Exception {
    return JSON.readTree(seal.json());
  }

  private List<Seal> seals() {
    return operator.extractOutputValues();
  }
}
