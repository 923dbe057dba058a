package io.riskstream.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairedRatioTest {
  @Test
  void whatSlowsBothOfATurnIsNotInIt() {
    var ratio = PairedRatio.of(List.of(20.0, 10.0, 5.0), List.of(40.0, 20.0, 10.0));

    assertThat(ratio.mean()).isEqualTo(0.5, within(1e-9));
    assertThat(ratio.spread()).isEqualTo(1, within(1e-9));
  }

  @Test
  void isTheGeometricMeanOfTheTurns() {
    var ratio = PairedRatio.of(List.of(1.0, 4.0), List.of(1.0, 1.0));

    assertThat(ratio.mean()).isEqualTo(2, within(1e-9));
    assertThat(ratio.spread()).isEqualTo(Math.exp(Math.sqrt(2) * Math.log(2)), within(1e-9));
  }

  @Test
  void aTurnThatOnlyOneHasDoesNotCount() {
    assertThat(PairedRatio.of(List.of(3.0, 99.0), List.of(1.0)).mean()).isEqualTo(3, within(1e-9));
    assertThatThrownBy(() -> PairedRatio.of(List.of(), List.of(1.0)))
        .hasMessageContaining("no turn");
  }
}
