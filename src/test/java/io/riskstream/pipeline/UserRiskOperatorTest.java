package io.riskstream.pipeline;

import static io.riskstream.testkit.Events.START;
import static io.riskstream.testkit.Events.failedLogin;
import static io.riskstream.testkit.Events.purchase;
import static org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.riskstream.model.GatedDocument;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.UserEvent;
import io.riskstream.model.UserInput;
import io.riskstream.model.UserSnapshot;
import io.riskstream.testkit.Configs;
import io.riskstream.testkit.OperatorCounters;
import java.util.List;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Lateness is three seconds: an event is final once the watermark is over three seconds past it.
 */
final class UserRiskOperatorTest {
  private static final int EPOCH = 4;

  /** A 64th of the horizon of five seconds. */
  private static final long TICK = 78;

  private KeyedTwoInputStreamOperatorTestHarness<String, UserInput, GatedDocument, UserEvent>
      operator;

  @BeforeEach
  void open() throws Exception {
    operator = start(null);
  }

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  @Test
  void emitsLedgerRowsInEventTimeOrderOnceTheLineHasPassed() throws Exception {
    process(failedLogin("ann", "second", 2_000), failedLogin("ann", "first", 1_000));
    watermark(4_000);
    assertThat(ledgerIds()).isEmpty();
    watermark(9_000);
    assertThat(ledgerIds()).containsExactly("first", "second");
    assertThat(ledger().get(1).getScoreBefore()).isEqualByComparingTo("0.1");
    assertThat(ledger().get(1).getScoreAfter()).isEqualByComparingTo("0.2");
  }

  @Test
  void keepsAnEventPendingThatLiesOnTheLine() throws Exception {
    process(failedLogin("ann", "one", 1_000));
    watermark(4_000);
    assertThat(ledgerIds()).isEmpty();
  }

  @Test
  void dropsADuplicateAndRefusesAConflictingOne() throws Exception {
    var event = failedLogin("ann", "one", 1_000);
    process(event, event, purchase("ann", "one", 1_000));
    assertThat(operator.extractOutputValues()).containsExactly(event);
    assertThat(side(Outputs.DEAD_LETTERS))
        .singleElement()
        .satisfies(letter -> assertThat(letter.getError()).isEqualTo("conflicting-duplicate"));
    assertThat(snapshots()).hasSize(1);
  }

  @Test
  void passesALateEventToTheLakeWithoutScoringIt() throws Exception {
    process(failedLogin("ann", "late", 1_000).asLate());
    assertThat(operator.extractOutputValues()).allMatch(UserEvent::late);
    assertThat(snapshots()).isEmpty();
  }

  @Test
  void judgesLateWhatComesBehindTheFinalityLineOfAnIdlePartition() throws Exception {
    watermark(10_000);
    process(failedLogin("ann", "old", 6_999), failedLogin("ann", "young", 7_000));
    assertThat(operator.extractOutputValues())
        .extracting(UserEvent::late)
        .containsExactly(true, false);
  }

  @Test
  void timeStandsStillWhileNoPartitionGivesAnythingAndGoesOnWithThem() throws Exception {
    watermark(10_000);
    process(failedLogin("ann", "before", 9_000));
    operator.processWatermarkStatus1(WatermarkStatus.IDLE);
    assertThat(ledgerIds()).isEmpty();
    process(failedLogin("ann", "after", 20_000));
    operator.processWatermarkStatus1(WatermarkStatus.ACTIVE);
    watermark(18_000);
    assertThat(operator.extractOutputValues())
        .extracting(UserEvent::late)
        .containsExactly(false, false);
    assertThat(ledgerIds()).containsExactly("before");
    assertThat(operator.getOutput())
        .as("those behind go by this task, though nothing comes to it")
        .doesNotHaveAnyElementsOfTypes(WatermarkStatus.class);
  }

  @Test
  void raisesOneAlertABucketWhenTheScoreCrossesTheThreshold() throws Exception {
    for (var index = 0; index < 10; index++) {
      process(failedLogin("ann", "e" + index, 100L * index));
    }
    assertThat(side(Outputs.ALERTS))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.getEventId()).isEqualTo("e7");
              assertThat(alert.getScore()).isEqualByComparingTo("0.8");
              assertThat(alert.getFinal$()).isFalse();
            });
  }

  @Test
  void raisesAtFinalityWhatAnEventOutOfOrderBroughtOverTheThreshold() throws Exception {
    for (var index = 0; index < 7; index++) {
      process(failedLogin("ann", "e" + index, 1_000 + index));
    }
    process(failedLogin("ann", "out-of-order", 500));
    assertThat(side(Outputs.ALERTS)).isEmpty();
    watermark(20_000);
    assertThat(side(Outputs.ALERTS))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.getEventId()).isEqualTo("e6");
              assertThat(alert.getFinal$()).isTrue();
            });
  }

  @Test
  void snapshotsShowTheProvisionalScoreAndThenThatItIsFinal() throws Exception {
    process(failedLogin("ann", "one", 1_000), purchase("ann", "two", 2_000));
    watermark(20_000);
    assertThat(snapshots())
        .extracting(UserSnapshot::scoreMicros, UserSnapshot::totalEvents, UserSnapshot::isFinal)
        .containsExactly(
            tuple(100_000, 1L, false), tuple(100_000, 2L, false), tuple(100_000, 2L, true));
  }

  @Test
  void versionsOfAUserOnlyGrowAndALaterRunWinsATie() throws Exception {
    process(failedLogin("ann", "one", 1_000), failedLogin("ann", "two", 2_000));
    var state = operator.snapshot(1, 1);
    watermark(20_000);
    var before = snapshots();
    assertThat(before).extracting(UserSnapshot::version).isSorted();
    assertThat(before).allMatch(snapshot -> snapshot.version().epoch() == EPOCH);
    operator.close();
    operator = start(state);
    watermark(20_000);
    assertThat(snapshots())
        .singleElement()
        .satisfies(
            again ->
                assertThat(again.version()).isGreaterThan(before.get(before.size() - 1).version()));
  }

  @Test
  void remembersDuplicatesAndPendingEventsOverARestore() throws Exception {
    process(failedLogin("ann", "one", 1_000));
    var state = operator.snapshot(1, 1);
    operator.close();
    operator = start(state);
    process(failedLogin("ann", "one", 1_000), failedLogin("ann", "two", 1_500));
    watermark(20_000);
    assertThat(operator.extractOutputValues())
        .extracting(UserEvent::eventId)
        .containsExactly("two");
    assertThat(ledgerIds()).containsExactly("one", "two");
  }

  @Test
  void keepsOneTimerAUserAndNoChunkOnceEverythingIsFinal() throws Exception {
    for (var index = 0; index < 500; index++) {
      process(failedLogin("ann", "e" + index, (index * 7) % 3_000));
    }
    assertThat(operator.numEventTimeTimers()).isEqualTo(1);
    var busy = operator.numKeyedStateEntries();
    watermark(1_000_000);
    assertThat(ledgerIds()).hasSize(500);
    assertThat(operator.numEventTimeTimers()).isZero();
    // What stays is the head alone.
    assertThat(operator.numKeyedStateEntries()).isEqualTo(1).isLessThan(busy);
  }

  @Test
  void refusesToGoOnFromADrainedState() throws Exception {
    process(failedLogin("ann", "one", 1_000));
    operator.processWatermark1(Watermark.MAX_WATERMARK);
    assertThatThrownBy(() -> process(failedLogin("ann", "two", 2_000)))
        .isInstanceOf(SuppressRestartsException.class)
        .hasStackTraceContaining("without --drain");
  }

  @Test
  void showsThatAUserIsFinalOnceAndOnlyWhenNothingIsPendingAnyMore() throws Exception {
    process(failedLogin("ann", "one", 1_000), failedLogin("ann", "two", 5_000));
    process(purchase("ann", "three", 9_000));
    watermark(4_000 + TICK);
    assertThat(ledgerIds()).containsExactly("one");
    assertThat(snapshots()).noneMatch(UserSnapshot::isFinal);
    watermark(8_000 + TICK);
    watermark(20_000);
    watermark(1_000_000);
    assertThat(operator.numEventTimeTimers()).isZero();
    assertThat(snapshots())
        .extracting(UserSnapshot::isFinal, UserSnapshot::ofArrival)
        .containsExactly(
            tuple(false, true), tuple(false, true), tuple(false, true), tuple(true, false));
  }

  @Test
  void finalizesATickAfterTheLineAtTheLatestSoThatEventsCloseTogetherShareATimer()
      throws Exception {
    process(failedLogin("ann", "one", 1_000), failedLogin("ann", "two", 1_001));
    watermark(4_001);
    assertThat(ledgerIds()).isEmpty();
    watermark(4_000 + TICK);
    assertThat(ledgerIds()).containsExactly("one", "two");
  }

  @Test
  void noRowOfAnHourComesOnceTheHourIsSealed() throws Exception {
    var end = 3_600_000L;
    var lateness = Configs.TIME.allowedLateness().toMillis();
    watermark(end + lateness - 1);
    process(failedLogin("ann", "last", end - 1));
    watermark(end + lateness);
    process(failedLogin("bob", "late", end - 1));
    assertThat(operator.extractOutputValues())
        .extracting(UserEvent::late)
        .containsExactly(false, true);
    // Whatever the place between two ticks, the last row of the ledger has come a tick later.
    assertThat(UserRiskFunction.timerTickMillis(Configs.TIME)).isEqualTo(TICK);
    for (var hour = 1; hour < 2 * TICK; hour++) {
      var nextEnd = end + hour * 3_600_001L;
      process(failedLogin("user" + hour, "last", nextEnd - 1));
      watermark(nextEnd + lateness + TICK);
      assertThat(ledger()).as("after an end at %s", nextEnd).hasSize(1 + hour);
    }
  }

  @Test
  void countsEveryEventUnderItsVerdict() throws Exception {
    var counters = new OperatorCounters();
    var counting = UserRiskOperators.with(EPOCH);
    try (var harness = new CountingHarness(counting, counters)) {
      harness.open();
      var event = failedLogin("ann", "one", 1_000);
      for (var next : List.of(event, event, purchase("ann", "one", 1_000), event.asLate())) {
        var record = new StreamRecord<UserInput>(next, next.timestampMillis());
        counting.setKeyContextElement1(record);
        counting.processElement1(record);
      }
    }
    for (var name : List.of("accepted", "duplicate", "late", "deadLettered")) {
      assertThat(counters.count(name)).as(name).isEqualTo(1);
    }
  }

  @Test
  void movesItsOneTimerForwardWhenAnEarlierEventComes() throws Exception {
    process(failedLogin("ann", "third", 3_000));
    process(failedLogin("ann", "second", 2_000), failedLogin("ann", "first", 1_000));
    assertThat(operator.numEventTimeTimers()).isEqualTo(1);
    watermark(4_100);
    assertThat(ledgerIds()).containsExactly("first");
    assertThat(operator.numEventTimeTimers()).isEqualTo(1);
    watermark(5_100);
    assertThat(ledgerIds()).containsExactly("first", "second");
  }

  @Test
  void failsRatherThanGoOnWithoutAChunkOfAUser() throws Exception {
    for (var index = 0; index < 100; index++) {
      process(failedLogin("ann", "e" + index, index));
    }
    var function = (AbstractStreamOperator<?>) operator.getOperator();
    function.setCurrentKey("ann");
    function
        .getKeyedStateStore()
        .getMapState(
            new MapStateDescriptor<>("user-chunks", Types.LONG, BYTE_PRIMITIVE_ARRAY_TYPE_INFO))
        .clear();
    assertThatThrownBy(() -> process(failedLogin("ann", "next", 100)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("of a user's state is gone");
  }

  @Test
  void runsOnRocksDbAsOnTheHeap() throws Exception {
    operator.close();
    operator = create();
    operator.setStateBackend(new EmbeddedRocksDBStateBackend());
    operator.setup();
    operator.open();
    operator.processWatermark2(Watermark.MAX_WATERMARK);
    for (var index = 0; index < 300; index++) {
      process(failedLogin("ann", "e" + index, (index * 7) % 3_000));
    }
    watermark(1_000_000);
    assertThat(ledgerIds()).hasSize(300).doesNotHaveDuplicates();
    assertThat(operator.numEventTimeTimers()).isZero();
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, UserInput, GatedDocument, UserEvent>
      create() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        UserRiskOperators.with(EPOCH), UserInput::userId, null, Types.STRING);
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, UserInput, GatedDocument, UserEvent>
      start(OperatorSubtaskState state) throws Exception {
    var harness = create();
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    harness.processWatermark2(Watermark.MAX_WATERMARK);
    return harness;
  }

  private void process(UserEvent... events) throws Exception {
    for (var event : events) {
      operator.processElement1(event, event.timestampMillis());
    }
  }

  private void watermark(long millisAfterStart) throws Exception {
    operator.processWatermark1(new Watermark(START + millisAfterStart));
  }

  private List<LedgerRow> ledger() {
    return side(Outputs.LEDGER);
  }

  private List<String> ledgerIds() {
    return ledger().stream().map(row -> row.getEventId()).toList();
  }

  private List<UserSnapshot> snapshots() {
    return side(Outputs.HOT_UPDATES).stream()
        .filter(UserSnapshot.class::isInstance)
        .map(UserSnapshot.class::cast)
        .toList();
  }

  private <T> List<T> side(OutputTag<T> tag) {
    var recorded = operator.getSideOutput(tag);
    return recorded == null ? List.of() : recorded.stream().map(StreamRecord::getValue).toList();
  }

  /** A harness whose metrics can be read. */
  private static final class CountingHarness extends AbstractStreamOperatorTestHarness<UserEvent> {
    CountingHarness(UserRiskOperator operator, OperatorCounters counters) throws Exception {
      super(operator, counters.environment());
      KeySelector<UserInput, String> key = UserInput::userId;
      config.setStatePartitioner(0, key);
      config.setStateKeySerializer(StringSerializer.INSTANCE);
      config.serializeAllConfigs();
    }
  }
}
