/** A Flink session cluster of separate processes on one computer, from Maven's artifacts. */
package io.riskstream.cluster;
