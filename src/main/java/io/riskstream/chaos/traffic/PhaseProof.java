package io.riskstream.chaos.traffic;

import io.riskstream.chaos.scenario.Traffic;
import io.riskstream.chaos.scenario.Traffic.Phase;
import io.riskstream.load.PlannedRecord;
import io.riskstream.load.RecordKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whether the phases of a load really came to pass, by what the broker has acknowledged and when.
 * Safe for use by several threads.
 */
public final class PhaseProof {
  private static final long SECOND_NANOS = 1_000_000_000L;

  /** A phase has come to pass if so much of it has. */
  private static final double ENOUGH = 0.8;

  private final Traffic traffic;
  private final Map<Long, Long> bySecond = new TreeMap<>();
  private final Map<RecordKind, Long> byKind = new EnumMap<>(RecordKind.class);

  PhaseProof(Traffic traffic) {
    this.traffic = traffic;
  }

  synchronized void acknowledged(PlannedRecord record, long nowNanos) {
    if (record.kind().destination() == RecordKind.Destination.EVENTS) {
      bySecond.merge(nowNanos / SECOND_NANOS, 1L, Long::sum);
    }
    byKind.merge(record.kind(), 1L, Long::sum);
  }

  /** Returns what has been seen of each phase, for people. */
  public synchronized List<String> proofs() {
    return traffic.phases().stream().map(this::proof).toList();
  }

  /** Returns the phases that have not come to pass, each with what is missing. */
  public synchronized List<String> unproven() {
    var unproven = new ArrayList<String>();
    for (var phase : traffic.phases()) {
      if (seen(phase) < ENOUGH * wanted(phase)) {
        unproven.add("%s, of %.0f that were wanted".formatted(proof(phase), wanted(phase)));
      }
    }
    return unproven;
  }

  private String proof(Phase phase) {
    return String.format(Locale.ROOT, "%d %s", seen(phase), words(phase));
  }

  private static String words(Phase phase) {
    return kind(phase)
        .map(
            kind ->
                switch (kind) {
                  case MALFORMED -> "malformed records";
                  case LATE -> "late events";
                  default ->
                      "events of a clock ahead by " + phase.clockAhead().toMinutes() + " min";
                })
        .orElse("events in one second");
  }

  private long seen(Phase phase) {
    return kind(phase)
        .map(kind -> byKind.getOrDefault(kind, 0L))
        .orElseGet(() -> bySecond.values().stream().mapToLong(count -> count).max().orElse(0));
  }

  private double wanted(Phase phase) {
    var records = phase.ratePerSecond() * phase.length().toNanos() / 1e9;
    return kind(phase)
        .map(kind -> records * share(phase, kind))
        .orElse(phase.ratePerSecond() + traffic.ratePerSecond());
  }

  /** Returns the kind of records that the phase is for; empty if it is for their number. */
  private static Optional<RecordKind> kind(Phase phase) {
    if (phase.shares().malformed() > 0) {
      return Optional.of(RecordKind.MALFORMED);
    }
    if (phase.clockAhead().compareTo(Duration.ZERO) > 0) {
      return Optional.of(RecordKind.FUTURE);
    }
    return phase.shares().late() > 0 ? Optional.of(RecordKind.LATE) : Optional.empty();
  }

  private static double share(Phase phase, RecordKind kind) {
    return switch (kind) {
      case MALFORMED -> phase.shares().malformed();
      case LATE -> phase.shares().late();
      default -> 1;
    };
  }
}
