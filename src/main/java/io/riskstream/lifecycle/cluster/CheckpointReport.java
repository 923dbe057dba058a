package io.riskstream.lifecycle.cluster;

import java.time.Duration;

/**
 * A completed checkpoint or savepoint.
 *
 * @param path where it lies; empty if it is gone with its job
 */
public record CheckpointReport(
    long id, long completedMillis, long bytes, Duration duration, String path) {}
