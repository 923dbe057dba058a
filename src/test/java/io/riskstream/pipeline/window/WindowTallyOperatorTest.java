package io.riskstream.pipeline.window;

import static io.riskstream.pipeline.window.WindowStory.LOGIN;
import static io.riskstream.pipeline.window.WindowStory.PLAN;
import static io.riskstream.pipeline.window.WindowStory.PURCHASE;
import static io.riskstream.pipeline.window.WindowStory.at;
import static io.riskstream.pipeline.window.WindowStory.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a tally hands on, and when; the bound of the test is twelve sums. */
final class WindowTallyOperatorTest {
  private static final int MOST_SUMS = 12;

  private WindowTallyOperator tally;
  private OneInputStreamOperatorTestHarness<WindowEntry, WindowDelta> harness;

  @BeforeEach
  void open() throws Exception {
    tally = new WindowTallyOperator(PLAN, MOST_SUMS);
    harness = new OneInputStreamOperatorTestHarness<>(tally);
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void spreadsWhatItAddedUpOverTheWindowsThatHoldIt() throws Exception {
    process(entry(LOGIN, 5.2, null, 4, 5));
    process(entry(LOGIN, 5.9, 7L));
    process(entry(LOGIN, 6.0, -3L, 6, 6));
    process(entry(PURCHASE, 6.5, 10L, 5, 6));
    process(entry(0, 6.5, null, 5, 6));
    assertThat(harness.extractOutputValues()).isEmpty();
    tally.prepareSnapshotPreBarrier(1);
    assertThat(harness.extractOutputValues())
        .containsExactlyInAnyOrder(
            delta("login", 4, new WindowSums(2, 1, 1, 0, 7, 7, 7)),
            delta("login", 5, new WindowSums(3, 1, 2, 0, 4, -3, 7)),
            delta("login", 6, new WindowSums(1, 1, 1, -1, -3, -3, -3)),
            delta("purchase", 5, new WindowSums(1, 1, 1, 0, 10, 10, 10)),
            delta("purchase", 6, new WindowSums(1, 1, 1, 0, 10, 10, 10)),
            delta("other", 5, WindowSums.NONE.plusEvent(null).plusUsers(1)),
            delta("other", 6, WindowSums.NONE.plusEvent(null).plusUsers(1)));
  }

  @Test
  void countsEachUserInTheWindowsItEntersAndInNoOther() throws Exception {
    process(entry(LOGIN, 5.2, null, 4, 5));
    process(entry(LOGIN, 5.2, null, 5, 5));
    process(entry(LOGIN, 9.0, null, 8, 9));
    harness.endInput();
    assertThat(harness.extractOutputValues())
        .extracting(delta -> delta.key().startMillis(), delta -> delta.sums().users())
        .containsExactlyInAnyOrder(
            tuple(at(4), 1L), tuple(at(5), 2L), tuple(at(8), 1L), tuple(at(9), 1L));
  }

  @Test
  void handsOnBeforeTheWatermarkAndTheBarrierAndAtTheEnd() throws Exception {
    process(entry(LOGIN, 0, null));
    harness.processWatermark(at(0));
    assertThat(harness.getOutput())
        .extracting(element -> element instanceof Watermark)
        .containsExactly(false, false, true);
    process(entry(LOGIN, 0, null));
    tally.prepareSnapshotPreBarrier(1);
    assertThat(harness.extractOutputValues()).hasSize(4);
    process(entry(LOGIN, 0, null));
    harness.endInput();
    assertThat(harness.extractOutputValues()).hasSize(6);
  }

  @Test
  void hasNothingToKeepAtACheckpointAndHandsOnNothingTwice() throws Exception {
    process(entry(LOGIN, 0, null, -1, 0));
    harness.prepareSnapshotPreBarrier(1);
    assertThat(harness.snapshot(1, 1).hasState()).isFalse();
    harness.processWatermark(at(0));
    process(entry(LOGIN, 0, null));
    harness.endInput();
    assertThat(harness.extractOutputValues())
        .extracting(delta -> delta.sums().users())
        .containsExactlyInAnyOrder(1L, 1L, 0L, 0L);
  }

  @Test
  void handsOnAtItsBoundSoThatMemoryHasOne() throws Exception {
    for (var minute = 0; minute < MOST_SUMS - 1; minute++) {
      process(entry(LOGIN, minute, null));
    }
    assertThat(harness.extractOutputValues()).isEmpty();
    process(entry(LOGIN, 100, null));
    assertThat(harness.extractOutputValues()).isNotEmpty();
  }

  @Test
  void countsTheUsersItHoldsToTheBoundToo() throws Exception {
    for (var minute : List.of(0, 1, 2, 3, 4, 5, 6, 7)) {
      process(entry(LOGIN, 5, null, minute, minute));
    }
    assertThat(harness.extractOutputValues()).isEmpty();
    process(entry(LOGIN, 5, null, 10, 12));
    assertThat(harness.extractOutputValues()).isNotEmpty();
  }

  private void process(WindowEntry entry) throws Exception {
    harness.processElement(entry, 0);
  }

  private static WindowDelta delta(String type, int minute, WindowSums sums) {
    return new WindowDelta(new WindowKey("2m/1m", type, at(minute)), at(minute + 2), sums);
  }
}
