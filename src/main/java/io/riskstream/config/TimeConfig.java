package io.riskstream.config;

import java.io.Serializable;
import java.time.Duration;

/**
 * Event time: how long the job waits for events out of order, and what it calls late, impossible or
 * idle.
 */
public record TimeConfig(
    Duration watermarkDelay,
    Duration allowedLateness,
    Duration maxFutureSkew,
    Duration idleTimeout)
    implements Serializable {}
