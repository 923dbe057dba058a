package io.riskstream.rules.breaker;

import io.riskstream.model.RuleDisabled;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Counts what goes wrong with each rule, and answers with the document that disables it: at most
 * once for a rule of a ruleset, never for fewer than the limits allow in an interval, and at the
 * latest when twice as many came within one.
 *
 * <p>The document is a function of the rule and of the ruleset in force alone: whichever tasks
 * publish it, and however often over their restarts, it is one document, of which the gate accepts
 * the first and calls the others repeated. A ruleset that is published later enables the rule
 * again; a document under that one has another version. Not thread-safe; what it counts is not kept
 * over a restart.
 */
public final class Breaker {
  /** Begins the ids of its documents, so that they never clash with those of people. */
  public static final String ID_PREFIX = "breaker:";

  private static final String REASON =
      "stopped by the breaker: more errors or triggers than rules.breaker allows";

  private final BreakerLimits limits;
  private final Map<String, Counts> byRule = new HashMap<>();

  /** The rules whose document was given out under the ruleset of that offset. */
  private final Set<String> stopped = new HashSet<>();

  private long newestOffset = -1;

  private static final class Counts {
    private long startMillis;
    private int errors;
    private int triggers;

    private Counts(long startMillis) {
      this.startMillis = startMillis;
    }
  }

  public Breaker(BreakerLimits limits) {
    this.limits = limits;
  }

  /**
   * Counts a condition that yielded an error.
   *
   * @param rulesetOffset of the ruleset that judged, as its rules say
   * @param nowMillis processing time
   * @return the document to publish, if the rule is to be stopped now
   */
  public Optional<RuleDisabled> error(String ruleId, long rulesetOffset, long nowMillis) {
    if (limits.mostErrors() == 0) {
      return Optional.empty();
    }
    var counts = counts(ruleId, rulesetOffset, nowMillis);
    return ++counts.errors > limits.mostErrors() ? stop(ruleId, rulesetOffset) : Optional.empty();
  }

  /** Counts a trigger; else as {@link #error}. */
  public Optional<RuleDisabled> trigger(String ruleId, long rulesetOffset, long nowMillis) {
    if (limits.mostTriggers() == 0) {
      return Optional.empty();
    }
    var counts = counts(ruleId, rulesetOffset, nowMillis);
    return ++counts.triggers > limits.mostTriggers()
        ? stop(ruleId, rulesetOffset)
        : Optional.empty();
  }

  private Counts counts(String ruleId, long rulesetOffset, long nowMillis) {
    if (rulesetOffset > newestOffset) {
      // Of older rulesets only stragglers are left; theirs may be given out twice, harmlessly.
      newestOffset = rulesetOffset;
      stopped.clear();
      byRule.clear();
    }
    var counts = byRule.computeIfAbsent(ruleId, id -> new Counts(nowMillis));
    var age = nowMillis - counts.startMillis;
    // A clock that was set back begins a new interval too.
    if (age < 0 || age >= limits.intervalMillis()) {
      counts.startMillis = nowMillis;
      counts.errors = 0;
      counts.triggers = 0;
    }
    return counts;
  }

  private Optional<RuleDisabled> stop(String ruleId, long rulesetOffset) {
    if (!stopped.add(rulesetOffset + "/" + ruleId)) {
      return Optional.empty();
    }
    return Optional.of(
        new RuleDisabled(
            ID_PREFIX + ruleId,
            Math.toIntExact(Math.min(rulesetOffset + 1, Integer.MAX_VALUE)),
            null,
            ruleId,
            REASON));
  }
}
