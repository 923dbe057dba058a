package io.riskstream.demo.faults;

import io.riskstream.demo.figures.MetricsBoard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings about the planned faults when their time has come, and gathers by the job's own metrics
 * whether they hit. For one thread.
 */
public final class Faults {
  /** What a fault does to a server. */
  public interface Action {
    void run() throws Exception;
  }

  private final FaultPlan plan;
  private final MetricsBoard board;
  private final Action killTaskManager;
  private final Action crashRedis;
  private final Action startRedis;
  private boolean taskManagerWasKilled;
  private boolean redisIsAway;
  private boolean redisWasAway;
  private boolean refusalWasSeen;
  private long awayNanos;
  private long crashedAtNanos;
  private Duration endOfOutage;

  /**
   * @param killTaskManager ends it at once, and starts another one
   */
  public Faults(
      FaultPlan plan,
      MetricsBoard board,
      Action killTaskManager,
      Action crashRedis,
      Action startRedis) {
    this.plan = plan;
    this.board = board;
    this.killTaskManager = killTaskManager;
    this.crashRedis = crashRedis;
    this.startRedis = startRedis;
  }

  /** Does what is due after so long. */
  public void tick(Duration elapsed) throws Exception {
    if (isDue(plan.killTaskManagerAtOrNull(), elapsed) && !taskManagerWasKilled) {
      taskManagerWasKilled = true;
      killTaskManager.run();
    }
    var outage = plan.redisOutageOrNull();
    if (outage != null && isDue(outage.at(), elapsed) && !redisWasAway) {
      redisWasAway = true;
      redisIsAway = true;
      endOfOutage = elapsed.plus(outage.length());
      crashedAtNanos = System.nanoTime();
      crashRedis.run();
    }
    if (redisIsAway) {
      refusalWasSeen |= board.greatest(MetricsBoard.HOT_STORE_TROUBLE) > 0;
      if (isDue(endOfOutage, elapsed)) {
        endOutage();
      }
    }
  }

  /** Brings Redis back, should it be away. */
  public void endOutage() throws Exception {
    if (redisIsAway) {
      redisIsAway = false;
      startRedis.run();
      awayNanos = System.nanoTime() - crashedAtNanos;
    }
  }

  /** Returns a line for each planned fault, saying where it stands; for a person. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    if (plan.killTaskManagerAtOrNull() != null) {
      lines.add(
          taskManagerWasKilled
              ? "task manager killed, restarts " + board.greatest(MetricsBoard.RESTARTS)
              : "task manager to be killed at "
                  + plan.killTaskManagerAtOrNull().toSeconds()
                  + " s");
    }
    var outage = plan.redisOutageOrNull();
    if (outage != null) {
      if (!redisWasAway) {
        lines.add("Redis to be killed at " + outage.at().toSeconds() + " s");
      } else if (redisIsAway) {
        lines.add("Redis is away");
      } else {
        lines.add("Redis back and empty, users shown again " + rebuilt());
      }
    }
    return lines;
  }

  /**
   * Returns what the faults have done so far.
   *
   * @param sent records that Kafka has acknowledged
   */
  public FaultReport report(long sent) {
    var restarts = board.greatest(MetricsBoard.RESTARTS);
    var replayed = Math.max(0, board.countedEver() - sent);
    var unproven = new ArrayList<String>();
    if (plan.killTaskManagerAtOrNull() != null) {
      if (!taskManagerWasKilled) {
        unproven.add("the task manager was not killed: the demo ended before");
      } else if (restarts == 0 || replayed == 0) {
        unproven.add(
            "the task manager was killed, but the job counts %d restarts and %d replayed records"
                .formatted(restarts, replayed));
      }
    }
    if (plan.redisOutageOrNull() != null) {
      if (!redisWasAway) {
        unproven.add("Redis was not killed: the demo ended before");
      } else if (!refusalWasSeen || rebuilt() == 0) {
        unproven.add(
            "Redis was killed, but the job %s and showed %d users again"
                .formatted(refusalWasSeen ? "noticed it" : "did not notice it", rebuilt()));
      }
    }
    return new FaultReport(restarts, replayed, awayNanos / 1e9, rebuilt(), unproven);
  }

  private long rebuilt() {
    return board.sumEver(MetricsBoard.HOT_REBUILT);
  }

  private static boolean isDue(Duration atOrNull, Duration elapsed) {
    return atOrNull != null && elapsed.compareTo(atOrNull) >= 0;
  }
}
