package io.riskstream.pipeline.breaker;

import io.riskstream.config.RulesConfig;
import io.riskstream.model.RuleDisabled;
import io.riskstream.pipeline.book.RuleObserverFactory;
import io.riskstream.risk.RuleObserver;
import io.riskstream.rules.ActiveRules;
import io.riskstream.rules.RuleOutcome;
import io.riskstream.rules.breaker.Breaker;
import io.riskstream.rules.breaker.BreakerLimits;
import io.riskstream.sink.control.ControlPublisher;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Counts a task's errors and triggers by processing time, and hands the document that stops a rule
 * to its {@link DocumentCourier}. What is judged does not hang on it: a rule is off from the cut
 * that the gate gives to the document, in this job as in a replay of its topics.
 */
public final class BreakerObserver implements RuleObserver, AutoCloseable {
  private static final Optional<RuleDisabled> NOTHING = Optional.empty();

  private final Breaker breaker;
  private final DocumentCourier courier;
  private final LongSupplier nowMillis;

  BreakerObserver(Breaker breaker, DocumentCourier courier, LongSupplier nowMillis) {
    this.breaker = breaker;
    this.courier = courier;
    this.nowMillis = nowMillis;
  }

  /** Returns a factory of breakers with these limits; of nobody, where they stop nothing. */
  public static RuleObserverFactory of(RulesConfig rules, ControlPublisher publisher) {
    int mostErrors = rules.breakerErrors();
    int mostTriggers = rules.breakerTriggers();
    long intervalMillis = rules.breakerInterval().toMillis();
    if (mostErrors == 0 && mostTriggers == 0) {
      return RuleObserverFactory.NONE;
    }
    return context ->
        new BreakerObserver(
            new Breaker(new BreakerLimits(mostErrors, mostTriggers, intervalMillis)),
            new DocumentCourier(
                publisher, context.getMetricGroup(), context.getTaskInfo().getIndexOfThisSubtask()),
            System::currentTimeMillis);
  }

  @Override
  public void judged(ActiveRules rules, String ruleId, RuleOutcome outcome, long timeMillis) {
    var stopped =
        switch (outcome) {
          case TRUE -> breaker.trigger(ruleId, rules.documentOffset(), nowMillis.getAsLong());
          case ERROR -> breaker.error(ruleId, rules.documentOffset(), nowMillis.getAsLong());
          case FALSE -> NOTHING;
        };
    stopped.ifPresent(courier::take);
  }

  @Override
  public void close() {
    courier.close();
  }
}
