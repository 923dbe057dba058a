package io.riskstream.benchmarks.workload;

import io.riskstream.load.LoadPlan;
import io.riskstream.load.LoadSettings;
import io.riskstream.load.MergedPlan;
import io.riskstream.load.PlannedRecord;
import io.riskstream.load.event.EventFormats;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/**
 * A workload's events at a rate, from a time on: those of all users, and of the hot one beside.
 *
 * @param records of all users
 * @param watermarkDelay of the pipeline that is to read them
 * @param allowedLateness of the pipeline that is to read them
 */
public record Traffic(
    Workload workload,
    double ratePerSecond,
    long records,
    long startMillis,
    Duration watermarkDelay,
    Duration allowedLateness) {
  /** Returns what a topic is filled with whose last event is due at about this time. */
  static Traffic until(long endMillis, Workload workload, long records) {
    var rate = workload.ratePerSecond();
    return new Traffic(
        workload,
        rate,
        records,
        endMillis - Math.round(records / rate * 1000),
        Workload.WATERMARK_DELAY,
        Workload.ALLOWED_LATENESS);
  }

  /** Returns the settings of the plan of all but the hot user. */
  public LoadSettings ordinary() {
    var share = 1 - workload.users().hotShare();
    return settings(share, records - hotRecords(), workload.users().count(), workload.seed());
  }

  /** Returns the settings of the hot user's plan. */
  LoadSettings hot() {
    return settings(workload.users().hotShare(), hotRecords(), 1, workload.seed() + 1);
  }

  /** Plans all of it, in the order in which it is sent. */
  public Iterator<PlannedRecord> plan(EventFormats formats) {
    var ordinary = new LoadPlan(ordinary(), formats);
    return hotRecords() == 0
        ? ordinary
        : new MergedPlan(List.of(ordinary, new LoadPlan(hot(), formats)));
  }

  private long hotRecords() {
    return Math.round(records * workload.users().hotShare());
  }

  private LoadSettings settings(double share, long count, int users, long seed) {
    return new LoadSettings(
        ratePerSecond * share,
        count,
        users,
        workload.users().zipfExponent(),
        seed,
        startMillis,
        watermarkDelay,
        allowedLateness,
        workload.shares());
  }
}
