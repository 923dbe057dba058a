package io.riskstream.config;

/**
 * When a minute of a partition is an anomaly, and when somebody is told; all in percent but the
 * rows.
 *
 * @param leastRows a minute, in the mean of the baseline, from which on one is held against it
 * @param alertRowsDeviation 0 for never, as for the shift and the validity
 */
public record QualityConfig(
    int leastRows,
    int rowsDeviation,
    int typesShift,
    int alertRowsDeviation,
    int alertTypesShift,
    int alertValidity) {}
