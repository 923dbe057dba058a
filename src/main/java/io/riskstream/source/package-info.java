/**
 * From Kafka records to events: decoding and validation inside the source, watermarks per
 * partition, the gate that tells late from accepted.
 */
package io.riskstream.source;
