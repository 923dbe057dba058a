/** The common part in Flink SQL. */
package io.riskstream.benchmarks.flinksql;
