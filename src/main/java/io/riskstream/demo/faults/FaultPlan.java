package io.riskstream.demo.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which faults are to hit a demo, counted from the first event sent.
 *
 * @param killTaskManagerAtOrNull when the task manager is ended and another one started
 * @param redisOutageOrNull when Redis is killed, and comes back empty
 */
public record FaultPlan(Duration killTaskManagerAtOrNull, Outage redisOutageOrNull) {
  /** A time without a server. */
  public record Outage(Duration at, Duration length) {
    Duration end() {
      return at.plus(length);
    }
  }

  public static FaultPlan none() {
    return new FaultPlan(null, null);
  }

  public boolean isEmpty() {
    return killTaskManagerAtOrNull == null && redisOutageOrNull == null;
  }

  /**
   * Returns what is wrong with the plan for a demo that sends for so long, each with its remedy.
   *
   * @param durationOrNull null if it goes on until somebody stops it
   */
  public List<String> problems(Duration durationOrNull) {
    var problems = new ArrayList<String>();
    if (killTaskManagerAtOrNull != null) {
      requireWithin("--kill-task-manager-at", killTaskManagerAtOrNull, durationOrNull, problems);
    }
    if (redisOutageOrNull != null) {
      requireWithin("the end of --redis-outage", redisOutageOrNull.end(), durationOrNull, problems);
    }
    return problems;
  }

  private static void requireWithin(
      String what, Duration at, Duration durationOrNull, List<String> problems) {
    if (durationOrNull == null) {
      problems.add(what + " needs a --duration, so that the fault is sure to hit");
    } else if (at.compareTo(durationOrNull) >= 0) {
      problems.add(
          "%s (%s) is not before the end of --duration (%s), so the fault would not hit"
              .formatted(what, seconds(at), seconds(durationOrNull)));
    }
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() / 1e3 + " s";
  }
}
