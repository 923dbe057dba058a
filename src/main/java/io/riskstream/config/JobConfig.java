package io.riskstream.config;

import org.apache.flink.configuration.Configuration;

/**
 * How Flink runs the job.
 *
 * @param maxParallelism number of key groups; cannot be changed over a savepoint
 * @param flink Flink's own options for this job, from the keys below {@code flink.}
 */
public record JobConfig(String name, int maxParallelism, Configuration flink) {}
