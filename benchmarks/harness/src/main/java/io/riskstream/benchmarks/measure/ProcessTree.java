package io.riskstream.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Adds up what processes and all that they have started have used, by Linux's /proc. */
public final class ProcessTree {
  /** Linux counts in these towards programs on every architecture that JDK 17 runs on. */
  private static final double TICKS_PER_SECOND = 100;

  private static final String PEAK = "VmHWM:";

  private final Path proc;

  public ProcessTree() {
    this(Path.of("/proc"));
  }

  ProcessTree(Path proc) {
    this.proc = proc;
  }

  /** Returns the processor time of the processes and their descendants. */
  public double cpuSeconds(Set<Long> roots) throws IOException {
    return members(roots).stream().mapToLong(ProcessStat::ticks).sum() / TICKS_PER_SECOND;
  }

  /** Returns the sum of the greatest memory that each of them has had resident. */
  public long peakMemoryBytes(Set<Long> roots) throws IOException {
    long sum = 0;
    for (var member : members(roots)) {
      sum += read(member.pid(), "status").map(ProcessTree::peakBytes).orElse(0L);
    }
    return sum;
  }

  static long peakBytes(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith(PEAK))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElse(0);
  }

  private List<ProcessStat> members(Set<Long> roots) throws IOException {
    if (roots.isEmpty()) {
      return List.of();
    }
    var all = all();
    return all.values().stream().filter(one -> descends(one, roots, all)).toList();
  }

  private static boolean descends(ProcessStat one, Set<Long> roots, Map<Long, ProcessStat> all) {
    for (var at = one; at != null; at = all.get(at.parent())) {
      if (roots.contains(at.pid())) {
        return true;
      }
    }
    return false;
  }

  private Map<Long, ProcessStat> all() throws IOException {
    var all = new HashMap<Long, ProcessStat>();
    for (var pid : pids()) {
      read(pid, "stat").map(ProcessStat::parse).ifPresent(stat -> all.put(pid, stat));
    }
    return all;
  }

  private List<Long> pids() throws IOException {
    var pids = new ArrayList<Long>();
    DirectoryStream.Filter<Path> isProcess =
        entry -> entry.getFileName().toString().chars().allMatch(Character::isDigit);
    try (var entries = Files.newDirectoryStream(proc, isProcess)) {
      entries.forEach(entry -> pids.add(Long.parseLong(entry.getFileName().toString())));
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
    return pids;
  }

  /** Empty for a process that has just ended. */
  private Optional<String> read(long pid, String file) {
    try {
      return Optional.of(Files.readString(proc.resolve(Long.toString(pid)).resolve(file)));
    } catch (IOException ended) {
      return Optional.empty();
    }
  }
}
