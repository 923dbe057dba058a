package io.riskstream.chaos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.chaos.watch.JobSample.CompletedCheckpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recovery as it is computed from samples; times are milliseconds of a story. */
class RecoveryTest {
  private static final long STRUCK = 10_000;
  private static final long ENDED = 12_000;

  private final List<JobSample> samples = new ArrayList<>();

  @Test
  void isTheFirstCheckpointTriggeredAfterTheLastTrouble() {
    running(9_900, 7, 9_000);
    running(10_200, 8, 10_000); // still acknowledged by tasks that are dead when it is seen
    broken(13_000);
    running(13_200, 8, 10_000);
    broken(14_000);
    running(14_200, 8, 10_000);
    running(15_500, 9, 13_900);
    running(17_000, 10, 14_500);

    assertThat(Recovery.of(samples, STRUCK, ENDED))
        .contains(
            new Recovery(
                Duration.ofMillis(14_500 + 300 - STRUCK), Duration.ofMillis(14_500 + 300 - ENDED)));
  }

  @Test
  void countsFromTheEndOfAFaultThatTheJobBears() {
    running(10_500, 8, 10_400);
    running(12_500, 9, 11_900);
    running(13_500, 10, 12_400);

    assertThat(Recovery.of(samples, STRUCK, ENDED).orElseThrow().sinceEnd())
        .isEqualTo(Duration.ofMillis(700));
  }

  @Test
  void hasNotHappenedWithoutACheckpoint() {
    broken(10_500);
    running(12_500, 8, 10_400);
    assertThat(Recovery.of(samples, STRUCK, ENDED)).isEmpty();
  }

  @Test
  void hasNotHappenedWhileATaskDoesNotRun() {
    running(13_500, 10, 12_400);
    broken(13_700);
    assertThat(Recovery.of(samples, STRUCK, ENDED)).isEmpty();
  }

  @Test
  void hasNotHappenedWhileNobodyAnswers() {
    running(13_500, 10, 12_400);
    samples.add(JobSample.unanswered(13_700));
    assertThat(Recovery.of(samples, STRUCK, ENDED)).isEmpty();
  }

  private void running(long atMillis, long checkpoint, long triggeredMillis) {
    add(atMillis, 4, new CompletedCheckpoint(checkpoint, triggeredMillis, triggeredMillis + 300));
  }

  private void broken(long atMillis) {
    add(atMillis, 3, CompletedCheckpoint.NONE);
  }

  private void add(long atMillis, int running, CompletedCheckpoint completed) {
    samples.add(new JobSample(atMillis, 1, "RUNNING", 4, running, 0, 0, 0, completed));
  }
}
