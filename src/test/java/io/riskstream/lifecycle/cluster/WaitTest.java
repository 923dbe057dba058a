package io.riskstream.lifecycle.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.lifecycle.cluster.Wait.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WaitTest {
  private final List<String> shown = new ArrayList<>();

  @Test
  void itAsksUntilItIsSoAndShowsEachStateOnce() throws Exception {
    var asked = new AtomicInteger();

    var value =
        new Wait(shown::add, Duration.ofSeconds(20))
            .until(
                "it is so",
                () ->
                    switch (asked.getAndIncrement()) {
                      case 0, 1 -> Answer.<String>notYet("slow");
                      case 2 -> throw new NoAnswerException("silent", null);
                      default -> Answer.done("so");
                    });

    assertThat(value).isEqualTo("so");
    assertThat(shown).containsExactly("  slow", "  the cluster does not answer");
  }

  @Test
  void behindTheTimeLimitItSaysWhatWasWaitedForAndTheLastState() {
    assertThatThrownBy(
            () ->
                new Wait(shown::add, Duration.ZERO)
                    .until("it is so", () -> Answer.notYet("2 of 3")))
        .hasMessageContainingAll("it is so", "2 of 3", "--timeout");
  }

  @Test
  void whoeverWantsToWaitNoMoreIsToldTheState() {
    var progress =
        new Progress() {
          @Override
          public void line(String text) {
            shown.add(text);
          }

          @Override
          public boolean isStopRequested() {
            return true;
          }
        };

    assertThatThrownBy(
            () ->
                new Wait(progress, Duration.ofSeconds(20))
                    .until("it is so", () -> Answer.notYet("2 of 3")))
        .isInstanceOf(StopRequestedException.class)
        .hasMessageContainingAll("it is so", "2 of 3");
  }
}
