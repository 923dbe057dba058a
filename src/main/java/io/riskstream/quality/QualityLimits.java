package io.riskstream.quality;

import java.io.Serializable;

/**
 * From where on a measure is an anomaly, and from where on an alert; shares in millionths.
 *
 * @param leastRows a minute, in the mean of the baseline
 * @param alertRowsDeviation 0 for never, as for the shift and the validity
 */
public record QualityLimits(
    long leastRows,
    long rowsDeviation,
    long typesShift,
    long alertRowsDeviation,
    long alertTypesShift,
    long alertValidity)
    implements Serializable {}
