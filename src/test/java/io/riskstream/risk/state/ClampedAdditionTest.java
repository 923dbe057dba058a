package io.riskstream.risk.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.Micros;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class ClampedAdditionTest {

  @Property(tries = 500)
  void composingIsTheSameAsApplyingOneAfterAnother(
      @ForAll @Size(max = 40) List<@IntRange(min = -400_000, max = 400_000) Integer> weights,
      @ForAll @IntRange(min = 0, max = Micros.ONE) int start) {
    var composed = ClampedAddition.identity(0, Micros.ONE);
    var score = start;
    for (var weight : weights) {
      composed = composed.then(new ClampedAddition(weight, 0, Micros.ONE));
      score = Math.min(Micros.ONE, Math.max(0, score + weight));
    }
    assertThat(composed.applyTo(start)).isEqualTo(score);
  }
}
