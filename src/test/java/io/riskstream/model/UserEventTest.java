package io.riskstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UserEventTest {
  private static final Coordinates AT = new Coordinates("events", 0, 7, 9);
  private static final UserEvent EVENT =
      new UserEvent("e", "u", "t", 1, "s", 5L, Map.of("a", "1"), AT, false);

  @Test
  void saysTheSameWhereverKafkaHoldsItAndHoweverLate() {
    var elsewhere = new Coordinates("others", 1, 8, 10);
    var again = new UserEvent("e", "u", "t", 1, "s", 5L, Map.of("a", "1"), elsewhere, true);
    assertThat(EVENT.sameContentAs(again)).isTrue();
  }

  @Test
  void saysSomethingElseIfAnyFieldOfTheContractDiffers() {
    var others =
        List.of(
            new UserEvent("x", "u", "t", 1, "s", 5L, Map.of("a", "1"), AT, false),
            new UserEvent("e", "x", "t", 1, "s", 5L, Map.of("a", "1"), AT, false),
            new UserEvent("e", "u", "x", 1, "s", 5L, Map.of("a", "1"), AT, false),
            new UserEvent("e", "u", "t", 2, "s", 5L, Map.of("a", "1"), AT, false),
            new UserEvent("e", "u", "t", 1, "", 5L, Map.of("a", "1"), AT, false),
            new UserEvent("e", "u", "t", 1, null, 5L, Map.of("a", "1"), AT, false),
            new UserEvent("e", "u", "t", 1, "s", 6L, Map.of("a", "1"), AT, false),
            new UserEvent("e", "u", "t", 1, "s", null, Map.of("a", "1"), AT, false),
            new UserEvent("e", "u", "t", 1, "s", 5L, Map.of("a", "2"), AT, false),
            new UserEvent("e", "u", "t", 1, "s", 5L, Map.of(), AT, false));
    assertThat(others).noneMatch(EVENT::sameContentAs).noneMatch(o -> o.sameContentAs(EVENT));
  }

  @Test
  void judgedLateItDiffersInNothingElse() {
    assertThat(EVENT.asLate())
        .isEqualTo(new UserEvent("e", "u", "t", 1, "s", 5L, Map.of("a", "1"), AT, true));
  }
}
