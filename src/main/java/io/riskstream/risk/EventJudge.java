package io.riskstream.risk;

import io.riskstream.model.Alert;
import io.riskstream.packed.PackedWriter;
import io.riskstream.risk.alert.AlertContent;
import io.riskstream.risk.alert.AlertKey;
import io.riskstream.risk.alert.TriggerPoint;
import io.riskstream.risk.state.Contributions;
import io.riskstream.risk.state.PendingEvent;
import io.riskstream.rules.ActiveRules;
import io.riskstream.rules.EventFacts;
import io.riskstream.rules.EventRule;
import io.riskstream.rules.RuleOutcome;
import io.riskstream.rules.Rulebook;
import java.util.Map;
import java.util.function.Supplier;

/** Judges the event rules, on what they see of an event when it arrives and when it is final. */
final class EventJudge {
  private final Rulebook rulebook;
  private final RuleObserver observer;
  private final PackedWriter scratch;

  EventJudge(Rulebook rulebook, RuleObserver observer, PackedWriter scratch) {
    this.rulebook = rulebook;
    this.observer = observer;
    this.scratch = scratch;
  }

  /** Judges an event at its place in the provisional order, which it has taken already. */
  void judgeArrival(Visit visit, PendingEvent event, ActiveRules rules, int before, int after) {
    judge(visit, event, rules, before, after, false, () -> provisional(visit, event));
  }

  /** Judges an event that is final and counted in the user's contributions. */
  void judgeFinal(Visit visit, PendingEvent event, ActiveRules rules, int before, int after) {
    judge(visit, event, rules, before, after, true, () -> visit.user.contributions);
  }

  private void judge(
      Visit visit,
      PendingEvent event,
      ActiveRules rules,
      int before,
      int after,
      boolean isFinal,
      Supplier<Contributions> contributions) {
    var active = rules.eventRules(event.eventType());
    if (active.isEmpty()) {
      return;
    }
    var time = event.timestampMillis();
    var at = new TriggerPoint(time, event.eventIdUtf8());
    EventFacts facts = null;
    for (var rule : active) {
      var key = AlertKey.of(rule.definition(), time);
      if (!visit.user.alerts.matters(key, at, isFinal)) {
        continue;
      }
      if (facts == null) {
        facts = facts(visit, event, before, after);
      }
      if (!isTrigger(visit, rules, rule, facts)) {
        continue;
      }
      var seen = facts;
      Supplier<Alert.Builder> content =
          () ->
              AlertContent.withEvent(
                  visit
                      .content()
                      .of(
                          key,
                          rule.definition(),
                          rules.ruleset().version(),
                          time,
                          seen.profileOrNull(),
                          seen.dimensions()),
                  seen.eventId(),
                  seen.eventType(),
                  before,
                  after,
                  contributions.get());
      if (isFinal) {
        visit.user.alerts.found(key, at, content, visit.chunks, visit.out::alert);
      } else {
        visit.user.alerts.seen(key, at, content, visit.chunks, visit.out::alert);
      }
    }
  }

  private boolean isTrigger(Visit visit, ActiveRules rules, EventRule rule, EventFacts facts) {
    var id = rule.definition().id();
    observer.judging();
    var outcome = rule.judge(facts);
    if (outcome == RuleOutcome.TRUE
        && rulebook.suppresses(visit.userId, id, facts.timestampMillis())) {
      outcome = RuleOutcome.FALSE;
    }
    observer.judged(rules, id, outcome, facts.timestampMillis());
    return outcome == RuleOutcome.TRUE;
  }

  private EventFacts facts(Visit visit, PendingEvent event, int before, int after) {
    var time = event.timestampMillis();
    Map<String, String> profile = visit.profileAt(time);
    return new EventFacts(
        event.eventId(),
        event.eventType(),
        time,
        event.kept().sessionIdOrNull(),
        event.kept().valueMicrosOrNull(),
        event.kept().properties(),
        before,
        after,
        profile,
        visit.dimensionsAt(time, profile));
  }

  /** Returns what made the score after the event, in the provisional order. */
  private Contributions provisional(Visit visit, PendingEvent event) {
    var user = visit.user;
    var contributions = user.contributions.copy();
    var score = new int[] {user.stableScoreMicros};
    user.pending.visitTo(
        event,
        visit.chunks,
        scratch,
        each -> {
          var after = each.effect().applyTo(score[0]);
          contributions.add(each.eventType(), after - score[0], after);
          score[0] = after;
        });
    return contributions;
  }
}
