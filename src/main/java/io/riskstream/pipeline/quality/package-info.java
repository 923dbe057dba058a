/**
 * The operators around {@code io.riskstream.quality}: measured beside the gate in its own task, put
 * together by partition, exact over failures.
 */
package io.riskstream.pipeline.quality;
