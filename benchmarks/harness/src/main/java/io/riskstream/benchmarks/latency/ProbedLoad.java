package io.riskstream.benchmarks.latency;

import io.riskstream.benchmarks.workload.Traffic;
import io.riskstream.benchmarks.workload.Workload;
import io.riskstream.load.LoadSettings;
import io.riskstream.load.MergedPlan;
import io.riskstream.load.PlannedRecord;
import io.riskstream.load.event.EventFormats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;

/** What is sent at one rate: a workload's events, and probes among them. */
final class ProbedLoad {
  /** So many that one in a thousand is more than one, so few that they are not the load. */
  private static final double VISITS_PER_SECOND = 100;

  private static final double ATTACKS_PER_SECOND = 20;
  private static final double LARGEST_SHARE = 0.1;

  private final Workload workload;
  private final double ratePerSecond;
  private final Duration length;

  ProbedLoad(Workload workload, double ratePerSecond, Duration length) {
    this.workload = workload;
    this.ratePerSecond = ratePerSecond;
    this.length = length;
  }

  /** The workload's own events; the probes' share is taken from theirs. */
  Traffic traffic(long startMillis) {
    var left = ratePerSecond - visitsPerSecond() - loginsPerSecond();
    return new Traffic(
        workload,
        left,
        LoadSettings.countFor(length, left),
        startMillis,
        LatencyPart.WATERMARK_DELAY,
        LatencyPart.ALLOWED_LATENESS);
  }

  /**
   * Plans all of it; probes are JSON.
   *
   * @param visits is told of the probes that Redis and the lake are to show
   * @param attacks is told of the probes that alerts are to follow
   */
  Iterator<PlannedRecord> plan(
      Traffic traffic, EventFormats formats, ProbePlan.Opened visits, ProbePlan.Opened attacks) {
    var prefix = traffic.ordinary().idPrefix();
    var start = traffic.startMillis();
    var plans = new ArrayList<Iterator<PlannedRecord>>();
    plans.add(
        ProbePlan.visits(
            prefix,
            visitsPerSecond(),
            LoadSettings.countFor(length, visitsPerSecond()),
            start,
            visits));
    plans.add(
        ProbePlan.attacks(
            prefix,
            loginsPerSecond(),
            LoadSettings.countFor(length, loginsPerSecond()),
            start,
            attacks));
    plans.add(traffic.plan(formats));
    return new MergedPlan(plans);
  }

  private double visitsPerSecond() {
    return Math.min(VISITS_PER_SECOND, LARGEST_SHARE * ratePerSecond);
  }

  private double loginsPerSecond() {
    return Math.min(ATTACKS_PER_SECOND * ProbePlan.LOGINS_TO_ALERT, LARGEST_SHARE * ratePerSecond);
  }
}
