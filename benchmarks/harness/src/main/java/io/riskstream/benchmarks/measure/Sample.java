package io.riskstream.benchmarks.measure;

/**
 * One look at a contender.
 *
 * @param seconds since it was started
 * @param position how many records it has committed
 * @param cpuSeconds of its processes since they were started
 * @param serverCpuSeconds of the servers that it brings along
 */
public record Sample(double seconds, long position, double cpuSeconds, double serverCpuSeconds) {}
