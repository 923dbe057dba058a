package io.riskstream.pipeline.book;

import io.riskstream.risk.RuleObserver;
import java.io.Serializable;
import org.apache.flink.api.common.functions.RuntimeContext;

/** Makes the observer of a task's judgements when the task starts; closed if it can be. */
@FunctionalInterface
public interface RuleObserverFactory extends Serializable {
  /** Nobody observes. */
  RuleObserverFactory NONE = context -> RuleObserver.NONE;

  RuleObserver create(RuntimeContext context);
}
