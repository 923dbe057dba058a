package io.riskstream.chaos.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.chaos.scenario.Traffic;
import io.riskstream.chaos.scenario.Traffic.Phase;
import io.riskstream.load.LoadSettings;
import io.riskstream.load.LoadShares;
import io.riskstream.load.PlannedRecord;
import io.riskstream.load.RecordKind;
import io.riskstream.load.event.EventFormats;
import io.riskstream.load.event.LoadFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a phase sends is sent in its time, and it has come to pass only where it was acknowledged.
 */
class PhasePlanTest {
  private static final long START_MILLIS = 1_767_225_600_000L;
  private static final LoadShares ORDINARY = new LoadShares(0, 0, 0, 0, 0, 0);
  private static final LoadSettings LOAD =
      new LoadSettings(
          100,
          1_000,
          50,
          1,
          5,
          START_MILLIS,
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          LoadShares.DEFAULT);

  @Test
  void isSentInItsTimeWithTheClockAhead() {
    var ahead = phase(ORDINARY, Duration.ofHours(1));
    var records = all(new PhasePlan(ahead, 0, LOAD, EventFormats.json()));

    assertThat(records).hasSize(80).allMatch(record -> record.kind() == RecordKind.FUTURE);
    assertThat(records.get(0).sendOffsetNanos()).isEqualTo(Duration.ofSeconds(3).toNanos());
    assertThat(records.get(79).sendOffsetNanos()).isLessThan(Duration.ofSeconds(5).toNanos());
    var hourAhead = START_MILLIS + Duration.ofHours(1).plusSeconds(3).toMillis();
    assertThat(new String(records.get(0).value(), StandardCharsets.UTF_8))
        .contains("\"timestamp\":" + hourAhead);
  }

  @Test
  void phasesShareNoEventIds() {
    var phase = phase(ORDINARY, Duration.ZERO);
    var one = all(new PhasePlan(phase, 0, LOAD, EventFormats.json()));
    var other = all(new PhasePlan(phase, 1, LOAD, EventFormats.json()));

    assertThat(id(one.get(0))).isNotEqualTo(id(other.get(0)));
  }

  @Test
  void hasComeToPassOnceEnoughIsAcknowledged() {
    var poison = phase(new LoadShares(0, 0, 0, 0, 1, 0), Duration.ZERO);
    var proof = new PhaseProof(traffic(poison));
    assertThat(proof.unproven()).singleElement().asString().contains("0 malformed", "of 80");

    all(new PhasePlan(poison, 0, LOAD, EventFormats.json()))
        .forEach(record -> proof.acknowledged(record, 0));
    assertThat(proof.unproven()).isEmpty();
    assertThat(proof.proofs()).containsExactly("80 malformed records");
  }

  @Test
  void lateEventsHaveComeToPassByTheirKind() {
    var late = phase(new LoadShares(0, 0, 0, 0.5, 0, 0), Duration.ZERO);
    var proof = new PhaseProof(traffic(late));
    assertThat(proof.unproven()).containsExactly("0 late events, of 40 that were wanted");

    for (var count = 0; count < 40; count++) {
      proof.acknowledged(new PlannedRecord(0, RecordKind.LATE, null, null), 0);
    }
    assertThat(proof.unproven()).isEmpty();
  }

  @Test
  void aBurstHasComeToPassOnlyIfItWasOne() {
    var burst = phase(ORDINARY, Duration.ZERO);
    var slow = new PhaseProof(traffic(burst));
    var quick = new PhaseProof(traffic(burst));
    var records = all(new PhasePlan(burst, 0, LOAD, EventFormats.json()));
    for (var i = 0; i < records.size(); i++) {
      slow.acknowledged(records.get(i), i * 100_000_000L);
      quick.acknowledged(records.get(i), 0);
      quick.acknowledged(records.get(i), 0);
    }

    assertThat(slow.unproven()).singleElement().asString().contains("events in one second");
    assertThat(quick.unproven()).isEmpty();
  }

  private static Phase phase(LoadShares shares, Duration ahead) {
    return new Phase(Duration.ofSeconds(3), Duration.ofSeconds(2), 40, shares, ahead);
  }

  private static Traffic traffic(Phase phase) {
    return new Traffic(100, Duration.ofSeconds(10), 50, LoadFormat.JSON, List.of(phase));
  }

  private static String id(PlannedRecord record) {
    return new String(record.value(), StandardCharsets.UTF_8).split("\"", -1)[3];
  }

  private static List<PlannedRecord> all(Iterator<PlannedRecord> plan) {
    var records = new ArrayList<PlannedRecord>();
    plan.forEachRemaining(records::add);
    return records;
  }
}
