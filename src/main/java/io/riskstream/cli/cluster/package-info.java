/** {@code riskstream cluster}: a real Flink session cluster on this computer. */
package io.riskstream.cli.cluster;
