package io.riskstream.lifecycle.change;

import static io.riskstream.lifecycle.cluster.Reports.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.lifecycle.cluster.JobReport;
import io.riskstream.lifecycle.cluster.JobState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From where a former version goes on, so that nothing is written twice. */
class WayBackTest {
  private static final String SAVEPOINT = "file:/s/savepoint-1";
  private static final List<String> READABLE = List.of();
  private static final List<String> UNREADABLE = List.of("users: layout 3 is not read");

  @Test
  void withoutACheckpointOfTheNewOneItIsTheSavepointWhateverItsLayouts() {
    assertThat(WayBack.of(failed(0, "file:///s/savepoint-1/"), SAVEPOINT, UNREADABLE))
        .isEqualTo(new WayBack.From(SAVEPOINT));
    assertThat(WayBack.of(failed(0, null), SAVEPOINT, READABLE))
        .isEqualTo(new WayBack.From(SAVEPOINT));
  }

  @Test
  void behindACheckpointItIsTheNewestOneWhereTheFormerReadsIt() {
    assertThat(WayBack.of(failed(2, SAVEPOINT), SAVEPOINT, READABLE))
        .isEqualTo(new WayBack.From("file:/c/chk-2"));
  }

  @Test
  void behindACheckpointThatTheFormerCannotReadThereIsNoWay() {
    assertThat(WayBack.of(failed(1, SAVEPOINT), SAVEPOINT, UNREADABLE))
        .isInstanceOfSatisfying(
            WayBack.None.class,
            none -> assertThat(none.reason()).contains("committed", "users: layout 3 is not read"));
  }

  @Test
  void aJobManagerThatForgotTheCountKnowsWhatItWentOnFrom() {
    var begunAnew = failed(0, "file:/c/chk-7");

    assertThat(WayBack.of(begunAnew, SAVEPOINT, READABLE))
        .isEqualTo(new WayBack.From("file:/c/chk-7"));
    assertThat(WayBack.of(begunAnew, SAVEPOINT, UNREADABLE)).isInstanceOf(WayBack.None.class);
  }

  private static JobReport failed(long completed, String restoredFrom) {
    return report(JobState.CANCELED, 0, 1, completed, Optional.ofNullable(restoredFrom), Map.of());
  }
}
