/** The common part, and the events as Parquet, on Spark Structured Streaming. */
package io.riskstream.benchmarks.spark;
