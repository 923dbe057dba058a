package io.riskstream.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ControlTest {
  @Test
  @Timeout(30)
  void worksUntilItIsClosed() throws InterruptedException {
    var control = new Control();
    try (control) {
      while (control.reading().rounds() <= 20) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }

    var last = control.reading();
    var cost = last.since(Control.Reading.NONE);
    assertThat(cost.integerNanos()).isBetween(0.1, 1_000.0);
    assertThat(cost.memoryNanos()).isBetween(0.5, 100_000.0);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("control"));
    assertThat(control.reading()).isEqualTo(last);
  }

  @Test
  void hasWorkedOnceBeforeAnythingIsOver() throws InterruptedException {
    try (var control = new Control()) {
      assertThat(control.reading().rounds()).isPositive();
    }
  }

  @Test
  void costIsTheMeanOfTheRoundsBetween() {
    var cost = new Control.Reading(30, 45, 9_000).since(new Control.Reading(10, 15, 3_000));

    assertThat(cost.integerNanos()).isEqualTo(1.5, within(1e-9));
    assertThat(cost.memoryNanos()).isEqualTo(300, within(1e-9));
  }
}
