package io.riskstream.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Which latencies are counted, what is still awaited, and how often it is looked for. */
class OpenProbesTest {
  private static final long MILLI = 1_000_000;
  private static final long WARM_UP = 1000 * MILLI;
  private static final Offset<Double> THREE_DIGITS = within(0.1);

  private final OpenProbes probes = new OpenProbes(WARM_UP);

  @Test
  void aLatencyCountsFromThePlannedTime() {
    probes.opened("ann", 2000 * MILLI);

    probes.seen("ann", 1, 2030 * MILLI);

    assertThat(probes.unseen()).isZero();
    assertThat(probes.latencies().count()).isEqualTo(1);
    assertThat(probes.latencies().maxMillis()).isEqualTo(30, THREE_DIGITS);
  }

  @Test
  void anAnswerThatCoversTwoOpenProbesCountsForBoth() {
    probes.opened("ann", 2000 * MILLI);
    probes.opened("ann", 2050 * MILLI);
    probes.opened("ann", 2070 * MILLI);

    probes.seen("ann", 2, 2060 * MILLI);

    assertThat(probes.unseen()).isEqualTo(1);
    assertThat(probes.latencies().count()).isEqualTo(2);
    assertThat(probes.latencies().p50Millis()).isEqualTo(10, THREE_DIGITS);
    assertThat(probes.latencies().maxMillis()).isEqualTo(60, THREE_DIGITS);
  }

  @Test
  void whatIsSeenAgainCountsOnce() {
    probes.opened("ann", 2000 * MILLI);

    probes.seen("ann", 1, 2010 * MILLI);
    probes.seen("ann", 1, 2500 * MILLI);
    probes.seen("somebody else", 7, 2500 * MILLI);

    assertThat(probes.latencies().count()).isEqualTo(1);
    assertThat(probes.latencies().maxMillis()).isEqualTo(10, THREE_DIGITS);
  }

  @Test
  void theWarmUpIsAwaitedButNotCounted() {
    probes.opened("ann", 999 * MILLI);
    assertThat(probes.unseen()).isEqualTo(1);

    probes.seen("ann", 1, 5000 * MILLI);

    assertThat(probes.unseen()).isZero();
    assertThat(probes.latencies().count()).isZero();
    assertThat(probes.latencies().maxMillis()).isZero();
  }

  @Test
  void aLostProbeStaysOpenAndIsNamed() {
    probes.opened("ann", 2000 * MILLI);
    probes.opened("bob", 2000 * MILLI);

    probes.seen("ann", 1, 2010 * MILLI);

    assertThat(probes.unseen()).isEqualTo(1);
    assertThat(probes.firstUnseen()).isEqualTo("bob");
  }

  @Test
  void moreThanWasSentIsNoLatency() {
    probes.opened("ann", 2000 * MILLI);

    assertThatThrownBy(() -> probes.seen("ann", 2, 2010 * MILLI))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("2 probes of ann are visible, but only 1 were due");
  }

  @Test
  void onlyWhatIsDueIsLookedForOnceAMillisecond() {
    probes.opened("ann", 2000 * MILLI);
    probes.opened("bob", 2010 * MILLI);

    assertThat(probes.toLookFor(1999 * MILLI)).isEmpty();
    assertThat(probes.toLookFor(2000 * MILLI)).containsExactly("ann");
    assertThat(probes.toLookFor(2000 * MILLI + MILLI / 2)).isEmpty();
    assertThat(probes.toLookFor(2001 * MILLI)).containsExactly("ann");
    probes.seen("ann", 1, 2001 * MILLI);
    assertThat(probes.toLookFor(2012 * MILLI)).containsExactly("bob");
  }

  @Test
  void whatIsSlowIsLookedForAtOnePercentOfItsAge() {
    probes.opened("ann", 2000 * MILLI);

    assertThat(probes.toLookFor(3000 * MILLI)).containsExactly("ann");
    assertThat(probes.toLookFor(3009 * MILLI)).isEmpty();
    assertThat(probes.toLookFor(3010 * MILLI)).containsExactly("ann");
  }
}
