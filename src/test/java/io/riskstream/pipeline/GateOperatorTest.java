package io.riskstream.pipeline;

import static io.riskstream.testkit.Events.START;
import static io.riskstream.testkit.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.riskstream.model.DeadLetter;
import io.riskstream.model.UserInput;
import io.riskstream.pipeline.completeness.Account;
import io.riskstream.pipeline.completeness.Account.Entry;
import io.riskstream.pipeline.completeness.Completeness;
import io.riskstream.pipeline.quality.Quality;
import io.riskstream.source.Intake;
import io.riskstream.testkit.Configs;
import io.riskstream.testkit.OperatorCounters;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** The horizon of the test configuration is five seconds: delay two, lateness three. */
final class GateOperatorTest {
  private static final int MAX_PARALLELISM = 128;
  private static final int PARTITIONS = 8;
  private static final String LINES = "highest-timestamp-by-partition";
  private static final String OFFSETS = "read-offsets-by-partition";
  private static final DeadLetter LETTER =
      DeadLetter.newBuilder()
          .setTopic("events")
          .setPartition(0)
          .setOffset(200)
          .setIngestTime(Instant.ofEpochMilli(99_000_000_000L))
          .setStage("decode")
          .setError("malformed-json")
          .setMessage("")
          .setRaw(ByteBuffer.allocate(0))
          .setRawLength(0)
          .build();

  @Test
  void marksLateWhatLiesBehindItsPartitionsOwnLine() throws Exception {
    try (var gate = open(1, 0, null)) {
      assertThat(isLate(gate, 0, 10_000)).isFalse();
      assertThat(isLate(gate, 0, 5_000)).isFalse();
      assertThat(isLate(gate, 0, 4_999)).isTrue();
      assertThat(isLate(gate, 1, 0)).isFalse();
    }
  }

  @Test
  void handsEachRecordToTheQualityAsItJudgedIt() throws Exception {
    try (var gate = open(1, 0, null)) {
      isLate(gate, 0, 10_000);
      isLate(gate, 0, 4_999);
      gate.processElement(new Intake.Refused(LETTER), 0);
      gate.processElement(new Intake.Gap("events", 0, 201, 202, true, START), 0);
      assertThat(gate.getSideOutput(Quality.INTAKE))
          .extracting(element -> element.getValue())
          .extracting(
              intake -> intake instanceof Intake.Valid valid ? valid.event().late() : "refused")
          .containsExactly(false, true, "refused");
    }
  }

  @Test
  void aLateEventDoesNotMoveTheLine() throws Exception {
    try (var gate = open(1, 0, null)) {
      isLate(gate, 0, 10_000);
      assertThat(isLate(gate, 0, -60_000)).isTrue();
      assertThat(isLate(gate, 0, 5_000)).isFalse();
      assertThat(isLate(gate, 0, 4_999)).isTrue();
    }
  }

  @Test
  void sendsDeadLettersAsideAndKeepsTheirTimeOutOfTheGate() throws Exception {
    try (var gate = open(1, 0, null)) {
      isLate(gate, 0, 1_000);
      gate.processElement(new Intake.Refused(LETTER), 99_000_000_000L);
      assertThat(isLate(gate, 0, 0)).isFalse();
      assertThat(gate.getSideOutput(Outputs.DEAD_LETTERS))
          .extracting(recorded -> recorded.getValue())
          .containsExactly(LETTER);
    }
  }

  @Test
  void remembersTheLineOverARestore() throws Exception {
    OperatorSubtaskState state;
    try (var gate = open(1, 0, null)) {
      isLate(gate, 0, 10_000);
      state = gate.snapshot(1, 1);
    }
    try (var restored = open(1, 0, state)) {
      assertThat(isLate(restored, 0, 4_999)).isTrue();
      assertThat(isLate(restored, 0, 5_000)).isFalse();
    }
  }

  @Test
  void theLineFollowsAPartitionToAnyTaskWhenTheJobIsRescaledAgainAndAgain() throws Exception {
    OperatorSubtaskState one;
    try (var gate = open(1, 0, null)) {
      isLate(gate, 0, 10_000);
      isLate(gate, 1, 20_000);
      one = gate.snapshot(1, 1);
    }
    // Two tasks; nobody reads partition 0 or 1 before the next rescaling.
    OperatorSubtaskState first;
    OperatorSubtaskState second;
    try (var gate = open(2, 0, AbstractStreamOperatorTestHarness.repackageState(one))) {
      first = gate.snapshot(2, 2);
    }
    try (var gate = open(2, 1, AbstractStreamOperatorTestHarness.repackageState(one))) {
      isLate(gate, 2, 30_000);
      second = gate.snapshot(2, 2);
    }
    var both = AbstractStreamOperatorTestHarness.repackageState(first, second);
    for (var task : List.of(0, 1, 2)) {
      try (var gate = open(3, task, both)) {
        assertThat(isLate(gate, 0, 4_999)).isTrue();
        assertThat(isLate(gate, 1, 14_999)).isTrue();
        assertThat(isLate(gate, 2, 24_999)).isTrue();
        assertThat(isLate(gate, 2, 25_000)).isFalse();
      }
    }
  }

  @Test
  void everyTaskIsGivenTheLinesOfAllPartitions() throws Exception {
    var state = readEightPartitions(1, 0);
    for (var task : List.of(0, 1)) {
      try (var gate = open(2, task, rescaled(state, task))) {
        for (var partition = 0; partition < PARTITIONS; partition++) {
          assertThat(isLate(gate, partition, 4_999)).isTrue();
        }
      }
    }
  }

  @Test
  void aTaskKeepsTheLinesOfWhateverPartitionsItReads() throws Exception {
    for (var task : List.of(0, 1)) {
      var state = readEightPartitions(2, task);
      assertThat(entries(state, LINES)).isEqualTo(PARTITIONS);
      assertThat(entries(state, OFFSETS)).isEqualTo(PARTITIONS);
    }
  }

  @Test
  void thePartitionsThatNobodyReadsAreKeptOnce() throws Exception {
    var state = readEightPartitions(1, 0);
    var lines = 0;
    var offsets = 0;
    for (var task : List.of(0, 1)) {
      try (var gate = open(2, task, rescaled(state, task))) {
        var kept = gate.snapshot(2, 2);
        lines += entries(kept, LINES);
        offsets += entries(kept, OFFSETS);
      }
    }
    assertThat(lines).isEqualTo(PARTITIONS);
    assertThat(offsets).isEqualTo(PARTITIONS);
  }

  @Test
  void countsWhatItSendsAside() throws Exception {
    var counters = new OperatorCounters();
    try (var gate =
        new OneInputStreamOperatorTestHarness<Intake, UserInput>(
            new ProcessOperator<>(new GateFunction(Configs.TIME, Verdicts.JUDGED)),
            counters.environment())) {
      gate.open();
      isLate(gate, 0, 1_000);
      gate.processElement(new Intake.Refused(LETTER), 0);
      gate.processElement(new Intake.Refused(LETTER), 0);
    }
    assertThat(counters.count("deadLettered")).isEqualTo(2);
  }

  @Test
  void entersEveryOffsetInTheAccountsOnce() throws Exception {
    try (var gate = open(1, 0, null)) {
      read(gate, 0, 100);
      read(gate, 0, 101);
      read(gate, 0, 105); // three control records before it
      gate.processElement(new Intake.Gap("events", 0, 108, 109, true, 7), 0);
      gate.processElement(new Intake.Gap("events", 0, 100, 108, false, 7), 0);
      gate.processElement(new Intake.Gap("events", 0, 105, 110, false, 7), 0);
      gate.processElement(new Intake.Gap("events", 1, 0, 4, true, 7), 0);
      gate.processElement(new Intake.Refused(LETTER), 0);
      assertThat(entered(gate))
          .containsExactly(
              tuple(Entry.RECEIVED, 0, 100L, 100L),
              tuple(Entry.RECEIVED, 0, 101L, 101L),
              tuple(Entry.RECEIVED, 0, 102L, 105L),
              tuple(Entry.SKIPPED, 0, 106L, 107L),
              tuple(Entry.LOST, 0, 108L, 109L),
              tuple(Entry.SKIPPED, 0, 110L, 110L),
              tuple(Entry.LOST, 1, 0L, 4L),
              tuple(Entry.REFUSED, 0, 111L, 200L));
      assertThat(accounts(gate))
          .extracting(Account::hourMillis)
          .containsExactly(
              START, START, START, START, START, START, Account.NO_HOUR, 99_000_000_000L);
    }
  }

  @Test
  void aTaskThatTakesAPartitionOverGoesOnCountingWhereTheOtherEnded() throws Exception {
    OperatorSubtaskState first;
    OperatorSubtaskState second;
    try (var gate = open(2, 0, null)) {
      read(gate, 0, 100);
      first = gate.snapshot(1, 1);
    }
    try (var gate = open(2, 1, null)) {
      read(gate, 1, 50);
      second = gate.snapshot(1, 1);
    }
    var both = AbstractStreamOperatorTestHarness.repackageState(first, second);
    try (var gate = open(1, 0, both)) {
      read(gate, 1, 53);
      gate.processElement(new Intake.Gap("events", 0, 101, 102, true, 7), 0);
      assertThat(entered(gate))
          .containsExactly(tuple(Entry.RECEIVED, 1, 51L, 53L), tuple(Entry.LOST, 0, 101L, 102L));
      assertThat(accounts(gate)).extracting(Account::hourMillis).containsExactly(START, START);
    }
  }

  private static void read(
      OneInputStreamOperatorTestHarness<Intake, UserInput> gate, int partition, long offset)
      throws Exception {
    gate.processElement(
        new Intake.Valid(event("u", "e" + offset, "purchase", 0, partition, offset), 0), 0);
  }

  private static List<Account> accounts(OneInputStreamOperatorTestHarness<Intake, UserInput> gate) {
    return gate.getSideOutput(Completeness.ACCOUNTS).stream()
        .map(recorded -> recorded.getValue())
        .toList();
  }

  private static List<Tuple> entered(OneInputStreamOperatorTestHarness<Intake, UserInput> gate) {
    return accounts(gate).stream()
        .map(
            account ->
                tuple(
                    account.entry(),
                    account.partition(),
                    account.firstOffset(),
                    account.lastOffset()))
        .toList();
  }

  private static OperatorSubtaskState readEightPartitions(int tasks, int task) throws Exception {
    try (var gate = open(tasks, task, null)) {
      for (var partition = 0; partition < PARTITIONS; partition++) {
        isLate(gate, partition, 10_000);
      }
      return gate.snapshot(1, 1);
    }
  }

  private static OperatorSubtaskState rescaled(OperatorSubtaskState ofOneTask, int task) {
    return AbstractStreamOperatorTestHarness.repartitionOperatorState(
        ofOneTask, MAX_PARALLELISM, 1, 2, task);
  }

  private static int entries(OperatorSubtaskState state, String name) {
    return state.getManagedOperatorState().stream()
        .map(handle -> handle.getStateNameToPartitionOffsets().get(name))
        .mapToInt(part -> part.getOffsets().length)
        .sum();
  }

  private static OneInputStreamOperatorTestHarness<Intake, UserInput> open(
      int tasks, int task, OperatorSubtaskState state) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<Intake, UserInput>(
            new ProcessOperator<>(new GateFunction(Configs.TIME, Verdicts.JUDGED)),
            MAX_PARALLELISM,
            tasks,
            task);
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static boolean isLate(
      OneInputStreamOperatorTestHarness<Intake, UserInput> gate, int partition, long millis)
      throws Exception {
    gate.processElement(
        new Intake.Valid(event("u", "e", "purchase", millis, partition, 0), 0), millis);
    var judged = gate.extractOutputValues();
    return judged.get(judged.size() - 1).late();
  }
}
