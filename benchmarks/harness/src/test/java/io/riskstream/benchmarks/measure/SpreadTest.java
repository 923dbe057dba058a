package io.riskstream.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void ofAnOddNumberHasTheMiddleOne() {
    assertThat(Spread.of(List.of(9.0, 1.0, 5.0))).isEqualTo(new Spread(1, 5, 9));
  }

  @Test
  void ofAnEvenNumberHasTheMeanOfTheMiddleTwo() {
    assertThat(Spread.of(List.of(9.0, 1.0, 6.0, 4.0))).isEqualTo(new Spread(1, 5, 9));
  }

  @Test
  void ofOneIsThatOne() {
    assertThat(Spread.of(List.of(7.0))).isEqualTo(new Spread(7, 7, 7));
  }

  @Test
  void ofNothingIsRefused() {
    assertThatThrownBy(() -> Spread.of(List.of())).hasMessage("no repetition");
  }
}
