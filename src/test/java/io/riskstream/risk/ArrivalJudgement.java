package io.riskstream.risk;

import io.riskstream.packed.ChunkStore;
import io.riskstream.packed.PackedWriter;
import io.riskstream.risk.state.PendingEvent;
import io.riskstream.rules.Rulebook;

/**
 * Judges what {@link UserRisk} judges when an event arrives, by the same judges, without counting
 * the event anywhere; for benchmarks of the rules alone.
 */
public final class ArrivalJudgement {
  private final Rulebook rulebook;
  private final RiskPlan plan;
  private final EventJudge events;
  private final WindowJudge windows;

  public ArrivalJudgement(Rulebook rulebook, RiskPlan plan) {
    this.rulebook = rulebook;
    this.plan = plan;
    this.events = new EventJudge(rulebook, RuleObserver.NONE, new PackedWriter());
    this.windows = new WindowJudge(rulebook, plan, RuleObserver.NONE);
  }

  /** Judges as if the event had just been counted, and had left the score as it was. */
  public void judge(
      UserState user, PendingEvent event, int scoreMicros, ChunkStore chunks, UserOutput out) {
    var visit = new Visit(user, "user", chunks, out, rulebook, plan);
    var rules = rulebook.at(event.timestampMillis());
    if (rules.isRelevant(event.eventType())) {
      events.judgeArrival(visit, event, rules, scoreMicros, scoreMicros);
    }
    windows.judgeArrival(visit, event.timestampMillis());
  }

  /** Returns the provisional score, in millionths. */
  public static int scoreMicros(UserState user) {
    return user.pending.effect().applyTo(user.stableScoreMicros);
  }
}
