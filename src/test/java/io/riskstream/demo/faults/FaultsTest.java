package io.riskstream.demo.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.demo.faults.FaultPlan.Outage;
import io.riskstream.demo.figures.MetricsBoard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Faults come once, in their time; and what nothing proves is not claimed. */
class FaultsTest {
  private final List<String> done = new ArrayList<>();
  private final Faults faults =
      new Faults(
          new FaultPlan(
              Duration.ofSeconds(2), new Outage(Duration.ofSeconds(3), Duration.ofSeconds(4))),
          new MetricsBoard(),
          () -> done.add("kill"),
          () -> done.add("crash"),
          () -> done.add("start"));

  @Test
  void eachComesOnceWhenItsTimeHasCome() throws Exception {
    tick(1);
    assertThat(done).isEmpty();
    tick(2);
    tick(3);
    tick(6);
    assertThat(done).containsExactly("kill", "crash");
    tick(7);
    tick(20);
    faults.endOutage();
    assertThat(done).containsExactly("kill", "crash", "start");
  }

  @Test
  void anOutageThatBeganLateIsAsLongAsPlanned() throws Exception {
    tick(6);
    tick(9);
    assertThat(done).containsExactly("kill", "crash");
    tick(10);
    assertThat(done).containsExactly("kill", "crash", "start");
  }

  @Test
  void anOutageIsEndedWhenTheDemoEndsBefore() throws Exception {
    tick(3);
    faults.endOutage();
    assertThat(done).containsExactly("kill", "crash", "start");
  }

  @Test
  void whatDidNotComeOrLeftNoTraceIsUnproven() throws Exception {
    assertThat(faults.report(10).unproven())
        .containsExactly(
            "the task manager was not killed: the demo ended before",
            "Redis was not killed: the demo ended before");
    tick(20);
    assertThat(faults.report(10).unproven())
        .containsExactly(
            "the task manager was killed, but the job counts 0 restarts and 0 replayed records",
            "Redis was killed, but the job did not notice it and showed 0 users again");
  }

  private void tick(int seconds) throws Exception {
    faults.tick(Duration.ofSeconds(seconds));
  }
}
