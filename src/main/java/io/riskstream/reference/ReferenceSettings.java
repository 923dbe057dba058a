package io.riskstream.reference;

/** The three durations that the semantics depend on, in milliseconds. */
public record ReferenceSettings(
    long watermarkDelayMillis, long allowedLatenessMillis, long maxFutureSkewMillis) {}
