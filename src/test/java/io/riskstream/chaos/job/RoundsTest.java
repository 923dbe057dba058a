package io.riskstream.chaos.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What grows with the rounds is a leak; what a JVM loads once, and noise, are none. */
class RoundsTest {
  private static final int CLASSES = 30_000;
  private static final int OF_THE_JOB = 8_000;

  @Test
  void noiseAndABeginningAreNoLeak() {
    assertThat(leaks(20, round -> new JvmFigures(90 + round % 4, CLASSES + round % 3 * 40, 9_000)))
        .isEmpty();
    assertThat(leaks(20, round -> new JvmFigures(round == 0 ? 60 : 90, CLASSES, 9_000))).isEmpty();
  }

  @Test
  void aClassLoaderKeptInEachSecondRoundIsALeak() {
    assertThat(leaks(20, round -> new JvmFigures(90, CLASSES + round / 2 * OF_THE_JOB, 9_000)))
        .singleElement()
        .asString()
        .startsWith("a leak: in the first rounds 46,000 classes, after 20 rounds 94,000");
  }

  @Test
  void aThreadKeptInEachRoundIsALeak() {
    assertThat(leaks(20, round -> new JvmFigures(90 + round, CLASSES, 9_000)))
        .singleElement()
        .asString()
        .contains("threads");
  }

  @Test
  void metaspaceThatGrowsIsALeak() {
    assertThat(leaks(20, round -> new JvmFigures(90, CLASSES, 9_000 + round * 200)))
        .singleElement()
        .asString()
        .contains("bytes of metaspace");
  }

  @Test
  void tooFewRoundsSayNothing() {
    assertThat(leaks(9, round -> new JvmFigures(90 + 50 * round, CLASSES, 9_000))).isEmpty();
  }

  private static List<String> leaks(int rounds, IntFunction<JvmFigures> figures) {
    return Rounds.leaks(IntStream.range(0, rounds).mapToObj(figures).toList());
  }
}
