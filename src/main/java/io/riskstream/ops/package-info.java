/**
 * Operations on what the pipeline has written: verification against the reference model. Reads the
 * lake, Kafka and Redis; writes nowhere. The checks themselves are in {@code lake}, {@code topics}
 * and {@code hot}; none of them knows of the verification.
 */
package io.riskstream.ops;
