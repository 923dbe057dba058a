package io.riskstream.pipeline;

import io.riskstream.model.Ruleset;
import io.riskstream.pipeline.book.RuleObserverFactory;
import io.riskstream.pipeline.book.StateTerms;
import io.riskstream.pipeline.control.GatedDocumentSerializer;
import io.riskstream.rules.Rulesets;
import io.riskstream.source.control.DocumentHistory;
import io.riskstream.testkit.Configs;
import io.riskstream.testkit.Plans;
import java.time.Duration;

/**
 * User operators for harnesses: event time of {@link Configs#TIME}, everything else the default.
 */
final class UserRiskOperators {
  private UserRiskOperators() {}

  static UserRiskOperator with(int epoch) {
    return with(epoch, Rulesets.defaults(), DocumentHistory.NONE, RuleObserverFactory.NONE);
  }

  static UserRiskOperator with(
      int epoch, Ruleset initial, DocumentHistory history, RuleObserverFactory observers) {
    return with(
        new UserRiskSettings(
            Configs.TIME,
            new StateTerms(initial, Plans.DEFAULT, "control"),
            Duration.ofHours(24).toMillis(),
            epoch,
            "test",
            Verdicts.JUDGED,
            history,
            observers));
  }

  static UserRiskOperator with(UserRiskSettings settings) {
    return new UserRiskOperator(new UserRiskFunction(settings, GatedDocumentSerializer.TYPE));
  }
}
