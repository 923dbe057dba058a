package io.riskstream.rules;

import io.riskstream.model.EventTypes;
import io.riskstream.model.RuleDefinition;
import io.riskstream.model.Ruleset;
import io.riskstream.model.WindowSpec;
import io.riskstream.rules.condition.Condition;
import io.riskstream.rules.condition.ConditionException;
import io.riskstream.rules.condition.ConditionScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Compiles rulesets for a job with given windows and event types. */
public final class RuleCompiler {
  private final List<WindowSpec> live;
  private final EventTypes types;

  public RuleCompiler(List<WindowSpec> live, EventTypes types) {
    this.live = List.copyOf(live);
    this.types = types;
  }

  /** Compiles the ruleset without anything disabled, or says where it is wrong. */
  public ActiveRules compile(Ruleset ruleset) throws RulesetException {
    return compiled(ruleset);
  }

  CompiledRules compiled(Ruleset ruleset) throws RulesetException {
    var eventRules = new ArrayList<CompiledEventRule>();
    var windowRules = new ArrayList<CompiledWindowRule>();
    for (var rule : ruleset.rules()) {
      if (rule.ofWindows()) {
        windowRules.add(windowRule(rule));
      } else {
        eventRules.add(eventRule(rule));
      }
    }
    return new CompiledRules(ruleset, -1, eventRules, windowRules, Set.of());
  }

  /** Refuses a rule that this job cannot judge; line and column are those in the condition. */
  public void check(RuleDefinition rule) throws RulesetException {
    if (rule.ofWindows()) {
      windowRule(rule);
    } else {
      eventRule(rule);
    }
  }

  CompiledEventRule eventRule(RuleDefinition rule) throws RulesetException {
    return new CompiledEventRule(rule, condition(rule, ConditionScope.EVENT));
  }

  CompiledWindowRule windowRule(RuleDefinition rule) throws RulesetException {
    for (var window : live) {
      if (window.name().equals(rule.windowOrNull())) {
        return new CompiledWindowRule(rule, window, types, condition(rule, ConditionScope.WINDOW));
      }
    }
    throw new RulesetException(
        "rule %s, window %s: the job has no such window; name one of windows.live: %s"
            .formatted(
                rule.id(),
                rule.windowOrNull(),
                live.stream().map(WindowSpec::name).collect(Collectors.joining(", "))),
        0,
        0);
  }

  private static Condition condition(RuleDefinition rule, ConditionScope scope)
      throws RulesetException {
    try {
      return Condition.compile(rule.condition(), scope);
    } catch (ConditionException refused) {
      throw new RulesetException(
          "rule %s, condition %d:%d: %s"
              .formatted(rule.id(), refused.line(), refused.column(), refused.getMessage()),
          refused.line(),
          refused.column());
    }
  }
}
