/** The common part as a plain DataStream job. */
package io.riskstream.benchmarks.datastream;
