package io.riskstream.pipeline;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.config.TimeConfig;
import io.riskstream.model.Ruleset;
import io.riskstream.pipeline.book.RuleObserverFactory;
import io.riskstream.pipeline.book.StateTerms;
import io.riskstream.pipeline.window.Windows;
import io.riskstream.source.control.DocumentHistory;
import java.util.Objects;

/**
 * What the user operator is made with.
 *
 * @param terms the initial ruleset, the windows, the event types and the control topic
 * @param profileMaxAgeMillis how long a version of a profile holds if no other follows
 * @param epoch of the hot store, raised by hand when the job is rewound
 * @param codeVersion that alerts name
 * @param history of the control topic when a task starts
 * @param observers of the rules' judgements
 */
record UserRiskSettings(
    TimeConfig time,
    StateTerms terms,
    long profileMaxAgeMillis,
    int epoch,
    String codeVersion,
    Verdicts verdicts,
    DocumentHistory history,
    RuleObserverFactory observers) {
  UserRiskSettings {
    Objects.requireNonNull(codeVersion, "codeVersion");
    Objects.requireNonNull(verdicts, "verdicts");
    Objects.requireNonNull(history, "history");
    Objects.requireNonNull(observers, "observers");
  }

  /** Returns the settings of a configured job. */
  static UserRiskSettings of(
      RiskstreamConfig config,
      Ruleset initial,
      String codeVersion,
      Verdicts verdicts,
      DocumentHistory history,
      RuleObserverFactory observers) {
    return new UserRiskSettings(
        config.time(),
        new StateTerms(initial, Windows.plan(config.activity()), config.kafka().controlTopic()),
        config.profiles().maxAge().toMillis(),
        config.hotStore().epoch(),
        codeVersion,
        verdicts,
        history,
        observers);
  }
}
