package io.riskstream.config;

import java.time.Duration;

/**
 * What judges events before a ruleset is published, how late a published one takes effect, and when
 * a rule is stopped.
 *
 * @param initialFile empty for the ruleset that the job brings along
 * @param breakerErrors 0 for never, as for triggers
 */
public record RulesConfig(
    String initialFile,
    Duration guard,
    int breakerErrors,
    int breakerTriggers,
    Duration breakerInterval) {}
