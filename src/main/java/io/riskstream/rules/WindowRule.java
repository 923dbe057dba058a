package io.riskstream.rules;

import io.riskstream.model.RuleDefinition;
import io.riskstream.model.WindowFeatures;
import io.riskstream.model.WindowSpec;
import java.util.Map;

/** A compiled window rule; never throws for what it is judged on. */
public interface WindowRule {
  RuleDefinition definition();

  WindowSpec window();

  /**
   * Returns false only if the condition is not true of these features whatever the profile, nor of
   * fewer events: a cheap test, so that an ordinary window costs no evaluation.
   */
  boolean canBeTrue(WindowFeatures features);

  RuleOutcome judge(
      WindowFeatures features, Map<String, String> profileOrNull, Map<String, String> dimensions);
}
