package io.riskstream.chaos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What sources have read, from counts that begin anew with each task. */
class SourceReadsTest {
  private final SourceReads reads = new SourceReads(new FlinkRest("nowhere", Duration.ofSeconds(1)), "job");

  @Test
  void addsWhatFormerTasksHadRead() {
    reads.count("0", 100);
    reads.count("1", 10);
    reads.count("0", 250);
    reads.count("0", 40); // of the task that took its place
    reads.count("1", 10);

    assertThat(reads.sum()).isEqualTo(250 + 40 + 10);
  }

  @Test
  void forgetsNothingWhenTheSameTaskIsReplacedTwice() {
    reads.count("0", 100);
    reads.count("0", 0);
    reads.count("0", 70);
    reads.count("0", 5);

    assertThat(reads.sum()).isEqualTo(100 + 70 + 5);
  }
}
