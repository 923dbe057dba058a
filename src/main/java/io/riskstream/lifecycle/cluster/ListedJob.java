package io.riskstream.lifecycle.cluster;

/** A job as a cluster lists it. */
public record ListedJob(String id, String name, JobState state) {}
