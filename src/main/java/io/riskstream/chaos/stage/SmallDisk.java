package io.riskstream.chaos.stage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A file system of a few megabytes in memory that can be filled to its last byte. It is unmounted
 * when it is closed, or when this JVM ends, however that ends.
 */
public final class SmallDisk implements AutoCloseable {
  private static final Path MOUNTS = Path.of("/proc/self/mounts");
  private static final String DATA = "data";
  private static final String FILLER = ".filler";
  private static final long PATIENCE_SECONDS = 10;

  /**
   * Waits for the end of its input, which the kernel brings about when this JVM ends in whatever
   * way; then unmounts what is still mounted. Ctrl-C at the terminal does not reach it.
   */
  private static final String GUARD =
      """
      trap '' INT HUP TERM
      cat >/dev/null
      umount -l "$1" 2>/dev/null
      """;

  private final Path folder;
  private final Process guard;
  private Thread filler;

  private SmallDisk(Path folder, Process guard) {
    this.folder = folder;
    this.guard = guard;
  }

  /**
   * Mounts a disk.
   *
   * @param folder made if absent; what a former run has left mounted there is unmounted
   * @throws MountRefusedException if this machine does not let us
   */
  public static SmallDisk mount(Path folder, long bytes) throws IOException {
    var at = Files.createDirectories(folder).toRealPath();
    unmountBelow(at);
    var answer = run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "riskstream", at.toString());
    if (!isMounted(at)) {
      throw new MountRefusedException(at.toString(), answer.isEmpty() ? "no reason given" : answer);
    }
    var guard =
        new ProcessBuilder("/bin/sh", "-c", GUARD, "sh", at.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var disk = new SmallDisk(at, guard);
    Files.createDirectory(disk.data());
    return disk;
  }

  /**
   * Unmounts what a former run has left mounted on the folder or below it.
   *
   * @return where something was mounted
   */
  public static List<Path> unmountBelow(Path folder) throws IOException {
    var mounted = new ArrayList<Path>();
    if (Files.exists(folder) && Files.exists(MOUNTS)) {
      var root = folder.toRealPath();
      for (var point : mountPoints()) {
        if (point.startsWith(root)) {
          mounted.add(point);
        }
      }
    }
    // The newest first, as one may lie on another.
    Collections.reverse(mounted);
    for (var point : mounted) {
      run("umount", "-l", point.toString());
    }
    return mounted;
  }

  /** Returns the folder on the disk for what is to be there. */
  public Path data() {
    return folder.resolve(DATA);
  }

  /** Takes all the space that is left, and whatever becomes free, until {@link #free}. */
  public void fill() throws IOException {
    var file =
        FileChannel.open(
            folder.resolve(FILLER), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    takeAll(file);
    filler = new Thread(() -> keepFull(file), "filler-" + folder.getFileName());
    filler.setDaemon(true);
    filler.start();
  }

  /** Returns how much space is left. */
  public long freeBytes() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /** Gives back the space that {@link #fill} has taken; does nothing where there is none. */
  public void free() throws IOException {
    if (filler != null) {
      filler.interrupt();
      try {
        filler.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while " + folder + " was freed");
      }
      filler = null;
    }
    Files.deleteIfExists(folder.resolve(FILLER));
  }

  /** Unmounts the disk; what was on it is gone. */
  @Override
  public void close() throws IOException {
    if (filler != null) {
      filler.interrupt();
    }
    // Lazily, since a process that is about to end may still have a file open.
    var answer = run("umount", "-l", folder.toString());
    guard.getOutputStream().close();
    if (isMounted(folder)) {
      throw new IOException("cannot unmount " + folder + ": " + answer);
    }
  }

  private void keepFull(FileChannel file) {
    try (file) {
      while (!Thread.currentThread().isInterrupted()) {
        takeAll(file);
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException freed) {
      // It is to be freed.
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Writes large pieces, then ever smaller ones, until not one byte more is taken. */
  private static void takeAll(FileChannel file) throws IOException {
    for (var size = 1 << 20; size > 0; size /= 16) {
      var piece = ByteBuffer.allocate(size);
      try {
        while (true) {
          file.write(piece.clear());
        }
      } catch (ClosedByInterruptException freed) {
        Thread.currentThread().interrupt();
        return;
      } catch (IOException full) {
        // A smaller piece may still fit.
      }
    }
  }

  private static boolean isMounted(Path folder) throws IOException {
    return Files.exists(MOUNTS) && mountPoints().contains(folder);
  }

  private static List<Path> mountPoints() throws IOException {
    var points = new ArrayList<Path>();
    for (var line : Files.readAllLines(MOUNTS)) {
      // The kernel writes a blank in a path as an octal escape.
      points.add(Path.of(line.split(" ", 3)[1].replace("\\040", " ")));
    }
    return points;
  }

  private static String run(String... command) throws IOException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException noSuchProgram) {
      return noSuchProgram.getMessage();
    }
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return command[0] + " gave no answer";
      }
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted during " + String.join(" ", command));
    }
  }
}
