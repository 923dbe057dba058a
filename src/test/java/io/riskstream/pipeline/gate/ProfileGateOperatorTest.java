package io.riskstream.pipeline.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.riskstream.model.AuditRow;
import io.riskstream.model.Coordinates;
import io.riskstream.model.DeadLetter;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.model.UserInput;
import io.riskstream.source.Intake;
import io.riskstream.source.profile.ProfileIntake;
import io.riskstream.testkit.Configs;
import io.riskstream.testkit.OperatorCounters;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;

/** The horizon of the test configuration is five seconds: delay two, lateness three. */
final class ProfileGateOperatorTest {
  private static final long START = 1_767_225_600_000L;
  private static final int MAX_PARALLELISM = 128;
  private static final ProfileIntake LETTER =
      new ProfileIntake.Refused(
          new DeadLetter(
              "user-profiles",
              0,
              0L,
              Instant.ofEpochMilli(START),
              "decode",
              "malformed-json",
              "",
              null,
              ByteBuffer.allocate(0),
              0));

  @Test
  void timelyUpdatesGoOnAndLateOnesGoToTheLake() throws Exception {
    try (var gate = open(false, 1, 0, null)) {
      update(gate, 0, 10_000);
      update(gate, 0, 4_999);
      update(gate, 0, 5_000);
      update(gate, 1, 0);
      assertThat(gate.extractOutputValues())
          .extracting(UserInput::timestampMillis, UserInput::late)
          .containsExactly(
              tuple(START + 10_000, false), tuple(START + 5_000, false), tuple(START, false));
      assertThat(side(gate, ProfileGateFunction.LATE)).containsExactly(profile(0, 4_999).asLate());
    }
  }

  @Test
  void aLateUpdateAndADeadLetterDoNotMoveTheLine() throws Exception {
    try (var gate = open(false, 1, 0, null)) {
      update(gate, 0, 10_000);
      update(gate, 0, -60_000);
      gate.processElement(LETTER, START + 99_000_000);
      gate.processElement(new ProfileIntake.AtTarget(), START + 99_000_000);
      update(gate, 0, 5_000);
      assertThat(timely(gate)).containsExactly(10_000L, 5_000L);
      assertThat(late(gate)).containsExactly(-60_000L);
      assertThat(side(gate, ProfileGateFunction.DEAD_LETTERS))
          .containsExactly(((ProfileIntake.Refused) LETTER).deadLetter());
    }
  }

  @Test
  void theLineFollowsAPartitionToAnyTask() throws Exception {
    OperatorSubtaskState first;
    OperatorSubtaskState second;
    try (var gate = open(false, 2, 0, null)) {
      update(gate, 0, 10_000);
      first = gate.snapshot(1, 1);
    }
    try (var gate = open(false, 2, 1, null)) {
      update(gate, 1, 20_000);
      second = gate.snapshot(1, 1);
    }
    var both = AbstractStreamOperatorTestHarness.repackageState(first, second);
    for (var task : List.of(0, 1, 2)) {
      OperatorSubtaskState next;
      try (var gate = open(false, 3, task, both)) {
        update(gate, 0, 4_999);
        update(gate, 1, 14_999);
        update(gate, 1, 15_000);
        assertThat(late(gate)).containsExactly(4_999L, 14_999L);
        assertThat(timely(gate)).containsExactly(15_000L);
        next = gate.snapshot(2, 2);
      }
      try (var gate = open(false, 1, 0, next)) {
        update(gate, 0, 4_999);
        assertThat(late(gate)).containsExactly(4_999L);
        assertThat(timely(gate)).isEmpty();
      }
    }
  }

  @Test
  void aRecordedVerdictIsNotJudgedAgain() throws Exception {
    try (var gate = open(true, 1, 0, null)) {
      update(gate, 0, 10_000);
      update(gate, 0, 0);
      gate.processElement(new ProfileIntake.Valid(profile(0, 10_000).asLate(), 0), 0);
      assertThat(timely(gate)).containsExactly(10_000L, 0L);
      assertThat(late(gate)).containsExactly(10_000L);
    }
  }

  @Test
  void lostOffsetsAreARowOfTheAuditAndSkippedOnesAreNot() throws Exception {
    try (var gate = open(false, 1, 0, null)) {
      gate.processElement(missing(3, 4, false), 0);
      gate.processElement(missing(5, 9, true), 0);
      assertThat(side(gate, ProfileGateFunction.GAPS))
          .containsExactly(
              AuditRow.newBuilder()
                  .setKind("gap")
                  .setTime(Instant.ofEpochMilli(7))
                  .setTopic("user-profiles")
                  .setPartition(0)
                  .setLost(5L)
                  .setFirstOffset(5L)
                  .setLastOffset(9L)
                  .build());
    }
  }

  @Test
  void countsWhatBecameOfRecords() throws Exception {
    var counters = new OperatorCounters();
    try (var gate =
        new OneInputStreamOperatorTestHarness<ProfileIntake, UserInput>(
            new ProcessOperator<>(new ProfileGateFunction(Configs.TIME, false)),
            counters.environment())) {
      gate.open();
      update(gate, 0, 10_000);
      update(gate, 0, 10_000);
      update(gate, 0, 0);
      gate.processElement(LETTER, 0);
    }
    assertThat(counters.count("profilesTimely")).isEqualTo(2);
    assertThat(counters.count("profilesLate")).isEqualTo(1);
    assertThat(counters.count("profilesDeadLettered")).isEqualTo(1);
    assertThat(counters.count("unknownFields")).isEqualTo(6);
  }

  private static ProfileIntake missing(long first, long last, boolean lost) {
    return new ProfileIntake.Missing(new Intake.Gap("user-profiles", 0, first, last, lost, 7));
  }

  private static ProfileUpdate profile(int partition, long millisAfterStart) {
    var at = new Coordinates("user-profiles", partition, 0, START);
    return new ProfileUpdate("u", START + millisAfterStart, Map.of("a", "b"), at, false);
  }

  private static void update(
      OneInputStreamOperatorTestHarness<ProfileIntake, UserInput> gate,
      int partition,
      long millisAfterStart)
      throws Exception {
    gate.processElement(new ProfileIntake.Valid(profile(partition, millisAfterStart), 2), 0);
  }

  /** Returns the timestamps of what goes on, from the start of the story. */
  private static List<Long> timely(
      OneInputStreamOperatorTestHarness<ProfileIntake, UserInput> gate) {
    return gate.extractOutputValues().stream()
        .map(update -> update.timestampMillis() - START)
        .toList();
  }

  private static List<Long> late(OneInputStreamOperatorTestHarness<ProfileIntake, UserInput> gate) {
    return side(gate, ProfileGateFunction.LATE).stream()
        .map(update -> update.timestampMillis() - START)
        .toList();
  }

  private static <T> List<T> side(
      OneInputStreamOperatorTestHarness<ProfileIntake, UserInput> gate, OutputTag<T> tag) {
    var recorded = gate.getSideOutput(tag);
    return recorded == null
        ? List.of()
        : recorded.stream().map(element -> element.getValue()).toList();
  }

  private static OneInputStreamOperatorTestHarness<ProfileIntake, UserInput> open(
      boolean isJudgedBefore, int tasks, int task, OperatorSubtaskState state) throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<ProfileIntake, UserInput>(
            new ProcessOperator<>(new ProfileGateFunction(Configs.TIME, isJudgedBefore)),
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
}
