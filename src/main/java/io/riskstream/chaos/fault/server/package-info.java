/** Faults of the servers around Flink, of the network to them, and of disks. */
package io.riskstream.chaos.fault.server;
