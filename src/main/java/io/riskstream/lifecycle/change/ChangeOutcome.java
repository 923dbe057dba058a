package io.riskstream.lifecycle.change;

import java.time.Duration;
import java.util.Optional;

/**
 * What has come of an upgrade, a rollback or a rescale.
 *
 * @param job that runs now
 * @param savepoint that the replaced job left
 * @param returned why the new one was unhealthy, so that the former runs again; empty if it is
 *     healthy
 * @param downtime from the end of the replaced job's last task until every task of the one that
 *     runs now ran
 * @param untilCheckpoint from there until that one's first checkpoint, with which its outputs are
 *     committed
 */
public record ChangeOutcome(
    String job,
    String savepoint,
    Optional<String> returned,
    Duration downtime,
    Duration untilCheckpoint) {}
