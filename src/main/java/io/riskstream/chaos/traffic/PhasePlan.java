package io.riskstream.chaos.traffic;

import io.riskstream.chaos.scenario.Traffic.Phase;
import io.riskstream.load.LoadPlan;
import io.riskstream.load.LoadSettings;
import io.riskstream.load.PlannedRecord;
import io.riskstream.load.RecordKind;
import io.riskstream.load.event.EventFormats;
import java.time.Duration;
import java.util.Iterator;

/** The records of one phase, each when it is due in the whole load. */
final class PhasePlan implements Iterator<PlannedRecord> {
  private final Phase phase;
  private final LoadPlan plan;

  /**
   * @param load the even load beside it
   * @param number of the phase, so that each has ids of its own
   */
  PhasePlan(Phase phase, int number, LoadSettings load, EventFormats formats) {
    this.phase = phase;
    var ahead = phase.at().plus(phase.clockAhead());
    this.plan =
        new LoadPlan(
            new LoadSettings(
                phase.ratePerSecond(),
                LoadSettings.countFor(phase.length(), phase.ratePerSecond()),
                load.users(),
                load.zipfExponent(),
                load.seed() + number + 1,
                load.startTimeMillis() + ahead.toMillis(),
                load.watermarkDelay(),
                load.allowedLateness(),
                phase.shares()),
            formats);
  }

  @Override
  public boolean hasNext() {
    return plan.hasNext();
  }

  @Override
  public PlannedRecord next() {
    var record = plan.next();
    return new PlannedRecord(
        phase.at().toNanos() + record.sendOffsetNanos(),
        kind(record.kind()),
        record.key(),
        record.value());
  }

  /** What a clock that is ahead has stamped is an event of the future, whatever it was meant as. */
  private RecordKind kind(RecordKind planned) {
    return phase.clockAhead().equals(Duration.ZERO) || planned == RecordKind.MALFORMED
        ? planned
        : RecordKind.FUTURE;
  }
}
