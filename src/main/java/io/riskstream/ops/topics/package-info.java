/** Kafka topics as the configuration names them. */
package io.riskstream.ops.topics;
