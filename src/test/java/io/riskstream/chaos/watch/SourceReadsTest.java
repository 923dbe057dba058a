package io.riskstream.chaos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What sources have read, from counts that begin anew with each attempt. */
class SourceReadsTest {
  private final SourceReads reads =
      new SourceReads(new FlinkRest("nowhere", Duration.ofSeconds(1)), "job");

  @Test
  void addsWhatFormerAttemptsHadRead() {
    reads.count("task 0, attempt 0", 100);
    reads.count("task 1, attempt 0", 10);
    reads.count("task 0, attempt 0", 250);
    reads.count("task 0, attempt 1", 400);
    reads.count("task 1, attempt 0", 10);

    assertThat(reads.sum()).isEqualTo(250 + 400 + 10);
  }

  @Test
  void keepsTheGreatestCountOfAnAttempt() {
    reads.count("task 0, attempt 0", 100);
    reads.count("task 0, attempt 0", 0); // Flink has lost sight of it

    assertThat(reads.sum()).isEqualTo(100);
  }
}
