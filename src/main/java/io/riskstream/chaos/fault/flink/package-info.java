/** Faults of Flink's own processes. */
package io.riskstream.chaos.fault.flink;
