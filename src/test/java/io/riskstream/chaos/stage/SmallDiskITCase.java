package io.riskstream.chaos.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that can be full. Where this machine does not let us mount one, it must say so. */
@Timeout(60)
class SmallDiskITCase {
  private static final long BYTES = 4L << 20;

  @TempDir Path folder;

  @AfterEach
  void unmountWhatATestHasLeft() throws IOException {
    SmallDisk.unmountBelow(folder);
  }

  @Test
  void isFullUntilItIsFreedAndGoneWhenItIsClosed() throws Exception {
    if (!mayMount()) {
      assertRefusal();
      return;
    }
    var disk = SmallDisk.mount(folder, BYTES);
    try (disk) {
      var file = disk.data().resolve("file");
      Files.write(file, new byte[1 << 20]);
      disk.fill();
      assertThat(disk.freeBytes()).isZero();
      assertThatThrownBy(() -> Files.write(disk.data().resolve("more"), new byte[1]))
          .hasMessageContaining("No space left on device");

      Files.delete(file);
      Await.until("what became free is taken", () -> freeBytes(disk) == 0);

      disk.free();
      Files.write(file, new byte[2 << 20]);
    }
    assertThat(disk.data()).doesNotExist();
    assertThat(SmallDisk.unmountBelow(folder)).isEmpty();
  }

  @Test
  void findsWhatAFormerRunHasLeft() throws Exception {
    if (!mayMount()) {
      assertRefusal();
      return;
    }
    var left = SmallDisk.mount(folder.resolve("left behind"), BYTES);
    try (var again = SmallDisk.mount(folder.resolve("left behind"), BYTES)) {
      assertThat(again.data()).isEmptyDirectory();
      assertThat(SmallDisk.unmountBelow(folder)).containsExactly(left.data().getParent());
    }
  }

  @Test
  void isUnmountedWhenTheProgramIsKilled() throws Exception {
    if (!mayMount()) {
      assertRefusal();
      return;
    }
    var java = ProcessHandle.current().info().command().orElseThrow();
    var program =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                SmallDiskMain.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = program.inputReader(StandardCharsets.UTF_8)) {
      var data = Path.of(output.readLine());
      assertThat(data).isDirectory();
      program.destroyForcibly();
      assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();
      Await.until("the disk is gone", () -> Files.notExists(data));
    }
  }

  private static long freeBytes(SmallDisk disk) {
    try {
      return disk.freeBytes();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private void assertRefusal() {
    assertThatThrownBy(() -> SmallDisk.mount(folder, BYTES))
        .isInstanceOf(MountRefusedException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("run as root");
  }

  /** Asks the system itself, not the class that is tested. */
  private boolean mayMount() throws Exception {
    var trial = Files.createDirectories(folder.resolve("trial")).toString();
    if (run("mount", "-t", "tmpfs", "tmpfs", trial) != 0) {
      return false;
    }
    return run("umount", trial) == 0;
  }

  private static int run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException noSuchProgram) {
      return -1;
    }
  }
}
