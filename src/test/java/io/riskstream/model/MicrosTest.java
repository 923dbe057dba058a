package io.riskstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

final class MicrosTest {

  @Test
  void anAmountHasAlwaysSixPlaces() {
    assertThat(Micros.toDecimal(-1_500_000)).hasToString("-1.500000");
    assertThat(Micros.toDecimal(0)).hasToString("0.000000");
  }

  @Test
  void readsBackWhatItWroteAndFewerPlaces() {
    assertThat(Micros.fromDecimal(Micros.toDecimal(Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
    assertThat(Micros.fromDecimal(new BigDecimal("2.5"))).isEqualTo(2_500_000);
  }

  @Test
  void losesNoPlaceInSilence() {
    for (var unfit : new String[] {"0.0000001", "9223372036854.775808"}) {
      assertThatThrownBy(() -> Micros.fromDecimal(new BigDecimal(unfit)))
          .isInstanceOf(ArithmeticException.class);
    }
  }
}
