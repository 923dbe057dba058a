package io.riskstream.benchmarks.measure;

/**
 * One look at a contender.
 *
 * @param seconds since it was started
 * @param cpuSeconds of its processes since they were started
 * @param serverCpuSeconds of the servers that it brings along
 * @param control what the control's work beside it has taken
 */
public record Sample(
    double seconds,
    Progress progress,
    double cpuSeconds,
    double serverCpuSeconds,
    Control.Reading control) {
  /** Returns how many records of all partitions are committed. */
  public long position() {
    return progress.records();
  }
}
