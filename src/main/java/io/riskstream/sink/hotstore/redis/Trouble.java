package io.riskstream.sink.hotstore.redis;

/**
 * Why the store cannot be written for now.
 *
 * @param kind Redis's error code, or a word of ours in its place
 * @param message with what to do, where somebody has to
 */
public record Trouble(String kind, String message) {}
