/**
 * Operations on what the pipeline has written: verification against the reference model. Reads the
 * lake, Kafka and Redis; writes nowhere.
 */
package io.riskstream.ops;
