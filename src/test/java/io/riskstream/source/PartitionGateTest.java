package io.riskstream.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.Coordinates;
import io.riskstream.model.UserEvent;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The horizon is five milliseconds: delay two, lateness three. */
final class PartitionGateTest {
  private final PartitionGate gate = new PartitionGate(2, 3);

  @Test
  void partitionsAndTopicsHaveLinesOfTheirOwn() {
    assertThat(isLate("one", 0, 1_000)).isFalse();
    assertThat(isLate("one", 1, 0)).isFalse();
    assertThat(isLate("two", 0, 0)).isFalse();
    assertThat(isLate("one", 0, 994)).isTrue();
    assertThat(isLate("one", 0, 995)).isFalse();
  }

  @Test
  void nothingIsLateBeforeTheFirstEventHoweverOld() {
    assertThat(isLate("one", 0, Long.MIN_VALUE + 6)).isFalse();
    assertThat(isLate("one", 0, 0)).isFalse();
    assertThat(isLate("one", 0, -6)).isTrue();
  }

  @Test
  void aLateEventMovesTheLineNeitherForthNorBack() {
    isLate("one", 0, 1_000);
    assertThat(isLate("one", 0, 10)).isTrue();
    assertThat(isLate("one", 0, 994)).isTrue();
    assertThat(isLate("one", 0, 995)).isFalse();
  }

  @Test
  void ofTwoRestoredValuesTheGreaterCountsWhicheverComesFirst() {
    for (var partition : List.of(0, 1)) {
      gate.restore("one", partition, partition == 0 ? 1_000 : 2_000);
      gate.restore("one", partition, partition == 0 ? 2_000 : 1_000);
      assertThat(isLate("one", partition, 1_994)).isTrue();
      assertThat(isLate("one", partition, 1_995)).isFalse();
    }
  }

  @Test
  void handsOverWhatItKnowsAndWhetherItSawThePartitionItself() {
    gate.restore("one", 0, 1_000);
    gate.restore("one", 1, 1_000);
    isLate("one", 1, 1_003);
    isLate("two", 0, 7);
    isLate("two", 0, 1);
    var known = new TreeSet<String>();
    gate.forEach(
        (topic, partition, highest, seen) ->
            known.add(topic + "-" + partition + " " + highest + " " + seen));
    assertThat(known).containsExactly("one-0 1000 false", "one-1 1003 true", "two-0 7 true");
  }

  private boolean isLate(String topic, int partition, long timestampMillis) {
    var at = new Coordinates(topic, partition, 0, 0);
    return gate.isLate(
        new UserEvent("e", "u", "t", timestampMillis, null, null, Map.of(), at, false));
  }
}
