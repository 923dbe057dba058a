package io.riskstream.risk;

/**
 * Is told what rules do, for metrics. Changes nothing; must be cheap, as it is told of each
 * evaluation.
 */
public interface RuleObserver {
  /** Tells nobody. */
  RuleObserver NONE =
      new RuleObserver() {
        @Override
        public void evaluated(String ruleId, long nanos) {}

        @Override
        public void hit(String ruleId) {}

        @Override
        public void failed(String ruleId) {}
      };

  /**
   * A condition was evaluated.
   *
   * @param nanos how long it took; less than 0 where it was not timed
   */
  void evaluated(String ruleId, long nanos);

  /** The condition was true. */
  void hit(String ruleId);

  /** The condition yielded an error. */
  void failed(String ruleId);
}
