package io.riskstream.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.run.AvailableNow.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class IntervalTest {
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private final CountDownLatch stop = new CountDownLatch(1);
  private final List<String> lines = new ArrayList<>();
  private final List<Long> begunNanos = new ArrayList<>();

  @Test
  void beginsEachRunTheIntervalAfterTheOneBefore() throws Exception {
    Interval.repeat(() -> run(3), INTERVAL, stop, lines::add);

    assertThat(begunNanos).hasSize(3);
    assertThat(begunNanos.get(2) - begunNanos.get(0))
        .isGreaterThanOrEqualTo(2 * INTERVAL.toNanos());
  }

  @Test
  void aStopEndsTheWaitForTheNextRun() throws Exception {
    Interval.repeat(() -> run(1), Duration.ofDays(1), stop, lines::add);

    assertThat(begunNanos).hasSize(1);
  }

  @Test
  void aStopBeforeTheFirstRunLetsNoneBegin() throws Exception {
    stop.countDown();
    Interval.repeat(() -> run(1), INTERVAL, stop, lines::add);

    assertThat(begunNanos).isEmpty();
  }

  @Test
  void aRunThatFailsEndsIt() {
    assertThatThrownBy(
            () ->
                Interval.repeat(
                    () -> {
                      run(2);
                      throw new RunException("failed");
                    },
                    INTERVAL,
                    stop,
                    lines::add))
        .hasMessage("failed");
    assertThat(begunNanos).hasSize(1);
  }

  @Test
  void aRunThatCannotBeginYetIsSaidAndTriedAgain() throws Exception {
    Interval.repeat(
        () -> {
          run(2);
          if (begunNanos.size() == 1) {
            throw new NotYetException("the broker is away");
          }
          return Ending.READ;
        },
        INTERVAL,
        stop,
        lines::add);

    assertThat(begunNanos).hasSize(2);
    assertThat(lines).singleElement().asString().startsWith("the broker is away\ntried again");
  }

  private Ending run(int last) {
    begunNanos.add(System.nanoTime());
    if (begunNanos.size() == last) {
      stop.countDown();
    }
    return Ending.READ;
  }
}
