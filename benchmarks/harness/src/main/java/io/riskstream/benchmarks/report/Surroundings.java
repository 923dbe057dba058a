package io.riskstream.benchmarks.report;

import io.riskstream.benchmarks.workload.Size;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * Where and with what something was measured.
 *
 * @param commit of this repository, with what was changed since
 * @param jvmOptions of every contender, separated by blanks
 * @param loadAverage of the machine when it began: what else it was doing
 */
public record Surroundings(
    String time,
    String commit,
    String size,
    String jvmOptions,
    int parallelism,
    int partitions,
    int processors,
    long memoryMebibytes,
    String system,
    String java,
    String flink,
    String kafka,
    double loadAverage) {

  /** Asks the machine. */
  public static Surroundings now(String commit, Size size, int parallelism, int partitions)
      throws IOException {
    return new Surroundings(
        Instant.now().toString(),
        commit,
        size.key(),
        size.jvmOptions(),
        parallelism,
        partitions,
        Runtime.getRuntime().availableProcessors(),
        readMemoryMebibytes(),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        EnvironmentInformation.getVersion(),
        AppInfoParser.getVersion(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static long readMemoryMebibytes() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
      return lines
          .filter(line -> line.startsWith("MemTotal:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    }
  }
}
