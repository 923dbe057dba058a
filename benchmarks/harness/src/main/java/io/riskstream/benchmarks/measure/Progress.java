package io.riskstream.benchmarks.measure;

/**
 * How much of a topic a contender has committed.
 *
 * @param records of all partitions
 * @param furthest the share of its partition that the partition furthest ahead is at, from 0 to 1
 */
public record Progress(long records, double furthest) {}
