package io.riskstream.sink.hotstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Pauses grow to their bound, differ, and start again small. */
class BackOffTest {
  @Property
  void doublesFromFiftyMillisecondsToTwoSecondsLessUpToHalf(@ForAll long seed) {
    var backOff = new BackOff(new SplittableRandom(seed));
    for (var ceiling : new long[] {50, 100, 200, 400, 800, 1_600, 2_000, 2_000}) {
      assertThat(backOff.next().toMillis()).isBetween(ceiling / 2, ceiling);
    }
    backOff.reset();
    assertThat(backOff.next().toMillis()).isBetween(25L, 50L);
  }

  @Test
  void differsBetweenWriters() {
    assertThat(
            LongStream.range(0, 20)
                .map(subtask -> new BackOff(new SplittableRandom(subtask)).next().toMillis())
                .distinct()
                .count())
        .isGreaterThan(5);
  }
}
