/** Contenders that are jobs on a Flink session cluster, each on one of its own. */
package io.riskstream.benchmarks.contender.flink;
