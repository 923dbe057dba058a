package io.riskstream.config;

import java.time.Duration;

/** How long a profile holds, and how long event time waits for updates. */
public record ProfilesConfig(Duration maxAge, Duration idleTimeout) {}
