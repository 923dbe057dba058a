package io.riskstream.risk;

import io.riskstream.model.Alert;
import io.riskstream.model.WindowFeatures;
import io.riskstream.model.WindowSpec;
import io.riskstream.risk.alert.AlertContent;
import io.riskstream.risk.alert.AlertKey;
import io.riskstream.risk.alert.TriggerPoint;
import io.riskstream.rules.ActiveRules;
import io.riskstream.rules.RuleOutcome;
import io.riskstream.rules.Rulebook;
import io.riskstream.rules.WindowRule;
import java.util.function.Supplier;

/**
 * Judges the window rules, on the windows that hold an event when it arrives and on each window
 * when it is final. A window that is ordinary costs one sum and one comparison, no evaluation.
 */
final class WindowJudge {
  private final Rulebook rulebook;
  private final RiskPlan plan;
  private final RuleObserver observer;

  WindowJudge(Rulebook rulebook, RiskPlan plan, RuleObserver observer) {
    this.rulebook = rulebook;
    this.plan = plan;
    this.observer = observer;
  }

  /** Judges all windows that hold an event, which has been counted in them. */
  void judgeArrival(Visit visit, long timestampMillis) {
    for (var spec : plan.activity().live()) {
      judgeArrival(visit, spec, timestampMillis);
    }
  }

  private void judgeArrival(Visit visit, WindowSpec spec, long timestampMillis) {
    var first = spec.firstStart(timestampMillis);
    WindowFeatures around = null;
    // The earliest first, as it is the one that counts: no later one of its bucket amends it then.
    for (var start = first; start <= timestampMillis; start += spec.slideMillis()) {
      var end = start + spec.sizeMillis();
      var rules = rulebook.at(end - 1);
      for (var rule : rules.windowRules()) {
        if (!rule.window().equals(spec) || !matters(visit, rule, end, false)) {
          continue;
        }
        if (around == null) {
          around = around(visit, spec, first);
        }
        if (rule.canBeTrue(around)) {
          var features = visit.user.activity.window(spec, start, plan.activity(), visit.chunks);
          judge(visit, rules, rule, features, false);
        }
      }
    }
  }

  /** Returns all that lies in the windows from the first on that overlap it: no fewer events. */
  private WindowFeatures around(Visit visit, WindowSpec spec, long first) {
    var wide =
        new WindowSpec(spec.name(), 2 * spec.sizeMillis() - spec.slideMillis(), spec.slideMillis());
    return visit.user.activity.window(wide, first, plan.activity(), visit.chunks);
  }

  /** Judges a window that is final. */
  void judgeFinal(Visit visit, WindowFeatures window) {
    var rules = rulebook.at(window.endMillis() - 1);
    for (var rule : rules.windowRules()) {
      if (rule.window().equals(window.window()) && matters(visit, rule, window.endMillis(), true)) {
        judge(visit, rules, rule, window, true);
      }
    }
  }

  private static boolean matters(Visit visit, WindowRule rule, long end, boolean isFinal) {
    var at = TriggerPoint.ofWindow(end);
    return visit.user.alerts.matters(AlertKey.of(rule.definition(), at.timeMillis()), at, isFinal);
  }

  private void judge(
      Visit visit, ActiveRules rules, WindowRule rule, WindowFeatures window, boolean isFinal) {
    if (!rule.canBeTrue(window)) {
      return;
    }
    var at = TriggerPoint.ofWindow(window.endMillis());
    var profile = visit.profileAt(at.timeMillis());
    var dimensions = visit.dimensionsAt(at.timeMillis(), profile);
    var id = rule.definition().id();
    observer.judging();
    var outcome = rule.judge(window, profile, dimensions);
    if (outcome == RuleOutcome.TRUE && rulebook.suppresses(visit.userId, id, at.timeMillis())) {
      outcome = RuleOutcome.FALSE;
    }
    observer.judged(rules, id, outcome, at.timeMillis());
    if (outcome != RuleOutcome.TRUE) {
      return;
    }
    var key = AlertKey.of(rule.definition(), at.timeMillis());
    Supplier<Alert.Builder> content =
        () ->
            AlertContent.withWindow(
                visit
                    .content()
                    .of(
                        key,
                        rule.definition(),
                        rules.ruleset().version(),
                        at.timeMillis(),
                        profile,
                        dimensions),
                window,
                plan.activity().types());
    if (isFinal) {
      visit.user.alerts.found(key, at, content, visit.chunks, visit.out::alert);
    } else {
      visit.user.alerts.seen(key, at, content, visit.chunks, visit.out::alert);
    }
  }
}
