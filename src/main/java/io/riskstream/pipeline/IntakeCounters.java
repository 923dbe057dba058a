package io.riskstream.pipeline;

import io.riskstream.risk.Verdict;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts what became of the events of a task since it started. */
final class IntakeCounters {
  private final Counter accepted;
  private final Counter duplicate;
  private final Counter late;
  private final Counter deadLettered;

  IntakeCounters(MetricGroup group) {
    accepted = group.counter("accepted");
    duplicate = group.counter("duplicate");
    late = group.counter("late");
    deadLettered = group.counter("deadLettered");
  }

  void count(Verdict verdict) {
    switch (verdict) {
      case ACCEPTED -> accepted.inc();
      case DUPLICATE -> duplicate.inc();
      case LATE -> late.inc();
      case CONFLICTING_DUPLICATE -> deadLettered.inc();
    }
  }
}
