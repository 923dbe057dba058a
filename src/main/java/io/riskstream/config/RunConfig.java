package io.riskstream.config;

/**
 * Runs that end and go on.
 *
 * @param statePath folder that keeps their state, null if there is none
 */
public record RunConfig(String statePath) {}
