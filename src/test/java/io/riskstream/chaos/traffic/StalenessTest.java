package io.riskstream.chaos.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Staleness is the age of the oldest acknowledged event that the store does not show. */
class StalenessTest {
  private final Staleness staleness = new Staleness();

  @Test
  void isTheAgeOfTheOldestEventThatIsNotShown() {
    staleness.acknowledged(100, 1_000);
    staleness.acknowledged(200, 2_000);
    staleness.acknowledged(300, 3_000);
    assertThat(staleness.nowNanos(5_000)).isEqualTo(4_000);

    staleness.shows(100);
    assertThat(staleness.nowNanos(5_000)).isEqualTo(3_000);
    assertThat(staleness.showsAll()).isFalse();

    staleness.shows(300);
    assertThat(staleness.nowNanos(9_000)).isZero();
    assertThat(staleness.showsAll()).isTrue();
    assertThat(staleness.greatestNanos()).isEqualTo(4_000);
  }

  @Test
  void growsWhileTheStoreShowsNothingNew() {
    staleness.acknowledged(100, 1_000);
    staleness.shows(100);
    staleness.acknowledged(200, 2_000);

    assertThat(staleness.nowNanos(7_000)).isEqualTo(5_000);
    assertThat(staleness.nowNanos(9_000)).isEqualTo(7_000);
  }

  @Test
  void growsBackWhereTheStoreShowsSomethingOlderThanBefore() {
    staleness.acknowledged(100, 1_000);
    staleness.acknowledged(200, 2_000);
    staleness.acknowledged(300, 3_000);
    staleness.shows(300);
    staleness.shows(100);

    assertThat(staleness.nowNanos(10_000)).isEqualTo(8_000);
  }

  @Test
  void nothingIsStaleBeforeAnythingIsAcknowledged() {
    assertThat(staleness.nowNanos(10_000)).isZero();
    assertThat(staleness.showsAll()).as("nothing is known to be shown").isFalse();
  }
}
