package io.riskstream.benchmarks.latency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.load.PlannedRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When probes are due, whose they are, and which events are probes. */
class ProbePlanTest {
  private static final long START_MILLIS = 1_767_225_600_000L;
  private static final long MILLI = 1_000_000;

  private final List<Probe> opened = new ArrayList<>();

  /** What was told of a probe. */
  private record Probe(String userId, String eventId, long dueNanos) {}

  @Test
  void visitsAreEvenlyPlannedAndEachIsAProbe() {
    var plan = ProbePlan.visits("p-", 250, 500, START_MILLIS, this::note);

    var records = drain(plan);

    assertThat(records).hasSize(500);
    for (var number = 0; number < records.size(); number++) {
      var record = records.get(number);
      assertThat(record.sendOffsetNanos()).isEqualTo(4L * number * MILLI);
      assertThat(text(record.value()))
          .contains("\"timestamp\":" + (START_MILLIS + number * 4L) + ",");
      assertThat(opened.get(number).dueNanos()).isEqualTo(record.sendOffsetNanos());
      assertThat(opened.get(number).userId()).isEqualTo(text(record.key()));
    }
    assertThat(opened).hasSize(500).extracting(Probe::eventId).doesNotHaveDuplicates();
    assertThat(new HashSet<>(opened.stream().map(Probe::userId).toList()))
        .hasSize(ProbePlan.VISITORS);
  }

  @Test
  void aProbeIsToldOfBeforeItCanBeSent() {
    var plan = ProbePlan.visits("p-", 10, 2, START_MILLIS, this::note);

    assertThat(opened).isEmpty();
    var first = plan.next();

    assertThat(opened).hasSize(1);
    assertThat(opened.get(0).userId()).isEqualTo(text(first.key()));
  }

  @Test
  void eachAttackIsOfAUserOfItsOwnAndItsLastLoginIsTheProbe() {
    var plan = ProbePlan.attacks("p-", 8, 30, START_MILLIS, this::note);

    assertThat(plan.events()).isEqualTo(24);
    var records = drain(plan);

    assertThat(records)
        .hasSize(24)
        .allSatisfy(record -> assertThat(text(record.value())).contains("\"failed_login\""));
    assertThat(opened)
        .extracting(Probe::userId)
        .containsExactly("p-attack-0", "p-attack-1", "p-attack-2");
    assertThat(opened)
        .extracting(Probe::dueNanos)
        .containsExactly(7 * 125 * MILLI, 15 * 125 * MILLI, 23 * 125 * MILLI);
    assertThat(records.stream().map(record -> text(record.key())).toList().subList(8, 16))
        .containsOnly("p-attack-1");
  }

  private void note(String userId, String eventId, long dueNanos) {
    opened.add(new Probe(userId, eventId, dueNanos));
  }

  private static List<PlannedRecord> drain(ProbePlan plan) {
    var records = new ArrayList<PlannedRecord>();
    plan.forEachRemaining(records::add);
    return records;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
