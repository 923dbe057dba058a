package io.riskstream.demo;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a person chooses of a demo.
 *
 * @param durationOrNull null until it is asked to stop, or until the input is sent
 * @param inputOrNull NDJSON file to send instead of generated events
 * @param kafkaPort 0 for a free one, as with the other two
 */
public record DemoSettings(
    Duration durationOrNull,
    double ratePerSecond,
    int users,
    long seed,
    Path inputOrNull,
    int kafkaPort,
    int redisPort,
    int webPort) {}
