package io.riskstream.risk;

import io.riskstream.rules.ActiveRules;
import io.riskstream.rules.RuleOutcome;

/** Is told what each judgement of a rule said; judgements that cannot matter are not made. */
@FunctionalInterface
public interface RuleObserver {
  /** Does nothing. */
  RuleObserver NONE = (rules, ruleId, outcome, timeMillis) -> {};

  /** A judgement begins, on the same thread that will tell of it; for those who take its time. */
  default void judging() {}

  /**
   * Takes one judgement.
   *
   * @param rules in force at that time
   * @param outcome true only for a trigger, which no suppression passes over
   * @param timeMillis event time of what was judged
   */
  void judged(ActiveRules rules, String ruleId, RuleOutcome outcome, long timeMillis);
}
