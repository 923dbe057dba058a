/** Kafka topics: made as the configuration names them, read, and held against the reference. */
package io.riskstream.ops.topics;
