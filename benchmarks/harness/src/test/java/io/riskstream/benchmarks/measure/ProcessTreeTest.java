package io.riskstream.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTreeTest {
  private static final long MEBI = 1 << 20;

  @TempDir Path proc;
  private ProcessTree tree;

  @BeforeEach
  void processes() throws IOException {
    tree = new ProcessTree(proc);
    Files.writeString(proc.resolve("uptime"), "1 1");
    process(100, 1, "(java)", "150 50 3 7", 10);
    process(101, 100, "(a (strange) name)", "20 10 0 0", 5);
    process(102, 101, "(sh)", "1 2 0 0", 1);
    process(200, 1, "(java)", "4000 4000 0 0", 99);
  }

  @Test
  void addsUpProcessorTimeOfAProcessAndItsDescendants() throws IOException {
    assertThat(tree.cpuSeconds(Set.of(100L))).isEqualTo(2.43);
  }

  @Test
  void countsAProcessOnceThoughAParentOfItIsNamedToo() throws IOException {
    assertThat(tree.cpuSeconds(Set.of(100L, 101L))).isEqualTo(2.43);
  }

  @Test
  void addsUpThePeaksOfMemory() throws IOException {
    assertThat(tree.peakMemoryBytes(Set.of(100L))).isEqualTo(16 * MEBI);
  }

  @Test
  void isNothingForAProcessThatHasEnded() throws IOException {
    assertThat(tree.cpuSeconds(Set.of(999L))).isZero();
    assertThat(tree.peakMemoryBytes(Set.of())).isZero();
  }

  @Test
  void readsThisMachinesOwnProcesses() throws IOException {
    var self = Set.of(ProcessHandle.current().pid());

    assertThat(new ProcessTree().cpuSeconds(self)).isPositive();
    assertThat(new ProcessTree().peakMemoryBytes(self)).isGreaterThan(MEBI);
  }

  private void process(long pid, long parent, String name, String ticks, long peakMebibytes)
      throws IOException {
    var folder = Files.createDirectory(proc.resolve(Long.toString(pid)));
    Files.writeString(
        folder.resolve("stat"),
        pid + " " + name + " S " + parent + " 9 9 0 -1 4194304 11 12 13 14 " + ticks + " 20 0 5\n");
    Files.writeString(
        folder.resolve("status"),
        "Name:\tx\nVmPeak:\t 999999 kB\nVmHWM:\t " + peakMebibytes * 1024 + " kB\n");
  }
}
