package io.riskstream.demo;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The folder that a demo keeps everything in. While it is open no other demo can open it, and it
 * starts empty; a folder that no demo has marked as its own is never emptied.
 */
public final class DataFolder implements Closeable {
  /** Says that the folder is a demo's; locked, and holding the process id, while one runs. */
  static final String MARKER = ".riskstream-demo";

  private static final int LONGEST_PID = 20;

  private final Path path;
  private final FileChannel marker;

  private DataFolder(Path path, FileChannel marker) {
    this.path = path;
    this.marker = marker;
  }

  /**
   * Opens the folder, creating it where it is missing and emptying it where a demo has left it.
   *
   * @throws DemoException if it is another's, in use, or unwritable
   */
  public static DataFolder open(Path folder) throws IOException {
    var path = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(path);
    } catch (IOException unwritable) {
      throw new DemoException("cannot create the data folder " + path, unwritable);
    }
    if (!Files.isWritable(path)) {
      throw new DemoException("cannot write to the data folder " + path);
    }
    if (!Files.exists(path.resolve(MARKER)) && !isEmpty(path)) {
      throw new DemoException(
          "the folder "
              + path
              + " holds files that no demo has made; choose another one with --data-dir");
    }
    var opened = new DataFolder(path, lockedMarker(path));
    try {
      opened.empty();
    } catch (IOException failed) {
      opened.close();
      throw new DemoException("cannot empty the data folder " + path, failed);
    }
    return opened;
  }

  /** Topics of the embedded Kafka. */
  Path kafka() {
    return path.resolve("kafka");
  }

  /** What the embedded schema registry keeps. */
  Path registry() {
    return path.resolve("registry");
  }

  /** Root of the Parquet lake. */
  public Path lake() {
    return path.resolve("lake");
  }

  /** What was sent. */
  public Path manifest() {
    return path.resolve("manifest.ndjson");
  }

  /** Checkpoints, savepoints and scratch space of Flink. */
  Path flink() {
    return path.resolve("flink");
  }

  /** All that would otherwise fill the screen. */
  public Path log() {
    return path.resolve("demo.log");
  }

  /** Lets others open the folder; what is in it stays. */
  @Override
  public void close() throws IOException {
    marker.close();
  }

  private static boolean isEmpty(Path path) throws IOException {
    try (var entries = Files.list(path)) {
      return entries.findAny().isEmpty();
    }
  }

  private static FileChannel lockedMarker(Path path) throws IOException {
    var channel =
        FileChannel.open(
            path.resolve(MARKER),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      var pid = ByteBuffer.allocate(LONGEST_PID);
      channel.read(pid, 0);
      channel.close();
      throw new DemoException(
          "another demo, process "
              + new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII)
              + ", uses the data folder "
              + path
              + "; stop it, or choose another folder with --data-dir");
    }
    channel.truncate(0);
    var pid = Long.toString(ProcessHandle.current().pid());
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
    return channel;
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException lockedByThisProcess) {
      return null;
    }
  }

  private void empty() throws IOException {
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!file.equals(path.resolve(MARKER))) {
              Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            if (!directory.equals(path)) {
              Files.delete(directory);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
