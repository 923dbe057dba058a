package io.riskstream.config;

import java.io.Serializable;

/**
 * How the events topic is read.
 *
 * @param rateLimit records a second of the whole job, 0 for no limit
 * @param partitionRateLimit records a second of a partition, 0 for no limit
 * @param recordsPerCheckpoint records of the whole job between two checkpoints, 0 for no limit
 */
public record SourceConfig(
    StartingOffsets startingOffsets,
    int rateLimit,
    int partitionRateLimit,
    int recordsPerCheckpoint,
    OnLostOffsets onLostOffsets)
    implements Serializable {}
