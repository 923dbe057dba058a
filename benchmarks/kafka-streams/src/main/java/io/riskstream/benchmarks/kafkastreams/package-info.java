/** The common part on Kafka Streams. */
package io.riskstream.benchmarks.kafkastreams;
