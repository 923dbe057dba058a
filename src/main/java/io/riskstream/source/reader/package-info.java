/**
 * Reads partitions of Kafka within limits and up to targets, and notices offsets that Kafka has
 * lost.
 */
package io.riskstream.source.reader;
