/** Spark as a contender: its start, its progress and its results. */
package io.riskstream.benchmarks.contender.spark;
