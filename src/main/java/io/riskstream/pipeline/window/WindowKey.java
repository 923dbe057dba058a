package io.riskstream.pipeline.window;

/**
 * Names a window and event type; what the windows are keyed by.
 *
 * @param window name, such as 5m/1m
 * @param startMillis epoch milliseconds
 */
public record WindowKey(String window, String eventType, long startMillis) {}
