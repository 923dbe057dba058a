package io.riskstream.benchmarks.measure;

/**
 * One look at a contender.
 *
 * @param seconds since it was started
 * @param cpuSeconds of its processes since they were started
 * @param serverCpuSeconds of the servers that it brings along
 */
public record Sample(
    double seconds, Progress progress, double cpuSeconds, double serverCpuSeconds) {
  /** Returns how many records of all partitions are committed. */
  public long position() {
    return progress.records();
  }
}
