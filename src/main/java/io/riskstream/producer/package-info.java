/** For those who send events: classes that a Kafka producer is configured with. */
package io.riskstream.producer;
