package io.riskstream.config;

import org.apache.flink.configuration.Configuration;

/**
 * How Flink runs the job.
 *
 * @param maxParallelism number of key groups; cannot be changed over a savepoint
 * @param flink Flink's own options for this job: the keys below {@code flink.}, its name and
 *     greatest parallelism, and those that the job depends on (no generic types, no generated uids,
 *     object reuse, exactly once)
 */
public record JobConfig(String name, int maxParallelism, Configuration flink) {}
