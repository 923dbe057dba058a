package io.riskstream.pipeline;

import static io.riskstream.testkit.Events.START;
import static io.riskstream.testkit.Events.failedLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.riskstream.model.GatedDocument;
import io.riskstream.model.HotRebuild;
import io.riskstream.model.HotUpdate;
import io.riskstream.model.RebuildMark;
import io.riskstream.model.UserEvent;
import io.riskstream.model.UserInput;
import io.riskstream.model.UserSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A control document makes the user operator show the hot store all its users again. */
final class HotRebuildOperatorTest {
  private static final int MAX_PARALLELISM = 8;

  /** More than two slices. */
  private static final int USERS = 2 * UserRiskOperator.SLICE + 10;

  private KeyedTwoInputStreamOperatorTestHarness<String, UserInput, GatedDocument, UserEvent>
      operator;
  private long now;
  private long offset;

  @AfterEach
  void close() throws Exception {
    operator.close();
  }

  @Test
  void showsEveryUserAgainBetweenTwoMarksOnTheHeap() throws Exception {
    operator = start(1, 0, null, false);
    showsEveryUserAgain();
  }

  @Test
  void showsEveryUserAgainBetweenTwoMarksOnRocksDb() throws Exception {
    operator = start(1, 0, null, true);
    showsEveryUserAgain();
  }

  private void showsEveryUserAgain() throws Exception {
    acceptUsers();
    var before = snapshots();
    takeUpdates();
    ask(byHand("one"));
    runSlices();
    var shown = takeUpdates();
    assertThat(shown.get(0)).isEqualTo(new RebuildMark(false, List.of("one"), 0, 1, 0));
    assertThat(shown.get(shown.size() - 1))
        .isEqualTo(new RebuildMark(true, List.of("one"), 0, 1, USERS));
    var users = snapshotsOf(shown);
    assertThat(users)
        .extracting(UserSnapshot::userId, UserSnapshot::version, UserSnapshot::scoreMicros)
        .containsExactlyInAnyOrderElementsOf(
            before.stream()
                .map(user -> tuple(user.userId(), user.version(), user.scoreMicros()))
                .toList());
    assertThat(users).noneMatch(UserSnapshot::ofArrival);
    runSlices();
    assertThat(updates()).isEmpty();
  }

  @Test
  void goesOnWithEventsBetweenTheSlicesOnTheHeap() throws Exception {
    operator = start(1, 0, null, false);
    goesOnWithEventsBetweenTheSlices();
  }

  @Test
  void goesOnWithEventsBetweenTheSlicesOnRocksDb() throws Exception {
    operator = start(1, 0, null, true);
    goesOnWithEventsBetweenTheSlices();
  }

  private void goesOnWithEventsBetweenTheSlices() throws Exception {
    acceptUsers();
    ask(byHand("one"));
    runSlice();
    takeUpdates();
    process(failedLogin("newcomer", "n1", 2_000), failedLogin("user-3", "more", 2_000));
    assertThat(snapshotsOf(takeUpdates()))
        .extracting(UserSnapshot::userId)
        .containsExactly("newcomer", "user-3");
    runSlices();
    assertThat(updates()).last().isInstanceOf(RebuildMark.class);
  }

  @Test
  void changesNoUsersStateOrTimer() throws Exception {
    operator = start(1, 0, null, false);
    acceptUsers();
    var timers = operator.numEventTimeTimers();
    var entries = operator.numKeyedStateEntries();
    ask(byHand("one"));
    runSlices();
    assertThat(operator.numEventTimeTimers()).isEqualTo(timers);
    assertThat(operator.numKeyedStateEntries()).isEqualTo(entries);
  }

  @Test
  void showsNobodyWhoHasNoAcceptedEvent() throws Exception {
    operator = start(1, 0, null, false);
    process(failedLogin("late-only", "one", 1_000).asLate(), failedLogin("ann", "two", 1_000));
    takeUpdates();
    ask(byHand("one"));
    runSlices();
    assertThat(snapshotsOf(updates())).extracting(UserSnapshot::userId).containsExactly("ann");
  }

  @Test
  void answersAllWhoAskedDuringARebuildByOneMore() throws Exception {
    operator = start(1, 0, null, false);
    acceptUsers();
    takeUpdates();
    ask(byHand("one"));
    runSlice();
    ask(byHand("two"));
    ask(byHand("three"));
    ask(byHand("one"));
    runSlices();
    assertThat(marks())
        .extracting(RebuildMark::done, RebuildMark::ids)
        .containsExactly(
            tuple(false, List.of("one")),
            tuple(true, List.of("one")),
            tuple(false, List.of("two", "three")),
            tuple(true, List.of("two", "three")));
  }

  @Test
  void beginsAnewAfterARestoreWhatACheckpointInterrupted() throws Exception {
    operator = start(1, 0, null, false);
    acceptUsers();
    ask(byHand("one"));
    runSlice();
    var state = operator.snapshot(1, 1);
    operator.close();
    operator = start(1, 0, state, false);
    runSlices();
    assertThat(snapshotsOf(updates())).hasSize(USERS);
    assertThat(marks()).last().isEqualTo(new RebuildMark(true, List.of("one"), 0, 1, USERS));
  }

  @Test
  void forgetsARebuildThatIsDone() throws Exception {
    operator = start(1, 0, null, false);
    acceptUsers();
    ask(byHand("one"));
    runSlices();
    var state = operator.snapshot(1, 1);
    operator.close();
    operator = start(1, 0, state, false);
    runSlices();
    assertThat(updates()).isEmpty();
  }

  @Test
  void isAnsweredByEverySubtaskAfterAChangeOfParallelism() throws Exception {
    operator = start(1, 0, null, false);
    acceptUsers();
    ask(new HotRebuild("one", 1, 0, "", 0, 1));
    var state = operator.snapshot(1, 1);
    var shown = 0;
    for (var subtask = 0; subtask < 2; subtask++) {
      operator.close();
      operator =
          start(
              2,
              subtask,
              AbstractStreamOperatorTestHarness.repartitionOperatorState(
                  state, MAX_PARALLELISM, 1, 2, subtask),
              false);
      runSlices();
      assertThat(marks()).hasSize(2);
      shown += snapshotsOf(updates()).size();
    }
    assertThat(shown).isEqualTo(USERS);
  }

  @Test
  void answersOnlyWhereItIsTheOneThatIsNamed() throws Exception {
    operator = start(2, 1, null, false);
    ask(new HotRebuild("for 0", 1, 0, "", 0, 2));
    runSlices();
    assertThat(updates()).isEmpty();
    ask(new HotRebuild("for 1", 1, 0, "", 1, 2));
    ask(new HotRebuild("for 0 of another parallelism", 1, 0, "", 0, 4));
    runSlices();
    assertThat(marks()).last().extracting(RebuildMark::ids).asList().hasSize(2);
  }

  @Test
  void endsTheRebuildBeforeTheInputsEndIsPassedOn() throws Exception {
    operator = start(1, 0, null, true);
    acceptUsers();
    takeUpdates();
    ask(byHand("one"));
    runSlice();
    operator.processWatermark1(Watermark.MAX_WATERMARK);
    operator.endAllInputs();
    operator.getOperator().finish();
    assertThat(updates()).last().isEqualTo(new RebuildMark(true, List.of("one"), 0, 1, USERS));
  }

  @Test
  void theControlInputNeverHoldsBackTheWatermark() throws Exception {
    operator = start(1, 0, null, false);
    process(failedLogin("ann", "one", 1_000));
    operator.processWatermark1(new Watermark(START + 9_000));
    assertThat(operator.getSideOutput(Outputs.LEDGER)).hasSize(1);
  }

  private KeyedTwoInputStreamOperatorTestHarness<String, UserInput, GatedDocument, UserEvent> start(
      int parallelism, int subtask, OperatorSubtaskState state, boolean rocksDb) throws Exception {
    now = 0;
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<String, UserInput, GatedDocument, UserEvent>(
            UserRiskOperators.with(0),
            UserInput::userId,
            null,
            Types.STRING,
            MAX_PARALLELISM,
            parallelism,
            subtask);
    if (rocksDb) {
      harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    }
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    harness.processWatermark2(Watermark.MAX_WATERMARK);
    return harness;
  }

  private void acceptUsers() throws Exception {
    for (var user = 0; user < USERS; user++) {
      process(failedLogin("user-" + user, "one", 1_000));
    }
  }

  private void process(UserEvent... events) throws Exception {
    for (var event : events) {
      operator.processElement1(event, event.timestampMillis());
    }
  }

  private void ask(HotRebuild document) throws Exception {
    operator.processElement2(new GatedDocument(document, Long.MIN_VALUE, offset++), 0);
  }

  private static HotRebuild byHand(String id) {
    return new HotRebuild(id, 1, 0, "a test", null, null);
  }

  private void runSlice() throws Exception {
    now += UserRiskOperator.PAUSE_MILLIS;
    operator.setProcessingTime(now);
  }

  /** More than any test needs. */
  private void runSlices() throws Exception {
    for (var slice = 0; slice < 20; slice++) {
      runSlice();
    }
  }

  private List<HotUpdate> updates() {
    var recorded = operator.getSideOutput(Outputs.HOT_UPDATES);
    return recorded == null ? List.of() : recorded.stream().map(StreamRecord::getValue).toList();
  }

  private List<HotUpdate> takeUpdates() {
    var taken = new ArrayList<>(updates());
    var recorded = operator.getSideOutput(Outputs.HOT_UPDATES);
    if (recorded != null) {
      recorded.clear();
    }
    return taken;
  }

  private List<UserSnapshot> snapshots() {
    return snapshotsOf(updates());
  }

  private List<RebuildMark> marks() {
    return updates().stream()
        .filter(RebuildMark.class::isInstance)
        .map(RebuildMark.class::cast)
        .toList();
  }

  private static List<UserSnapshot> snapshotsOf(List<HotUpdate> updates) {
    return updates.stream()
        .filter(UserSnapshot.class::isInstance)
        .map(UserSnapshot.class::cast)
        .toList();
  }
}
