package io.riskstream.run;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Keeps two runs from using a state folder at once. In a folder of this machine (or a mount that
 * passes locks on) the operating system holds it, and lets go when the process is gone, however it
 * went; elsewhere it is a {@link Lease}. It covers the process that runs the command, not a job
 * that a killed one left behind on a cluster.
 */
final class RunLock implements AutoCloseable {
  private static final String NAME = ".lock";

  private final ThrowingRunnable<IOException> release;
  private final BooleanSupplier lost;

  /**
   * @param lost tells whether another may hold it
   */
  RunLock(ThrowingRunnable<IOException> release, BooleanSupplier lost) {
    this.release = release;
    this.lost = lost;
  }

  /**
   * Takes the lock.
   *
   * @throws RunException if another run holds it
   */
  static RunLock take(String statePath) throws IOException, RunException {
    var uri = URI.create(statePath);
    if (uri.getScheme() != null && !uri.getScheme().equals("file")) {
      var lease = Lease.take(new org.apache.flink.core.fs.Path(statePath, NAME), statePath);
      return new RunLock(lease::close, lease::isLost);
    }
    var folder = Files.createDirectories(Path.of(uri.getPath()));
    var channel =
        FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return new RunLock(channel::close, () -> false);
      }
    } catch (OverlappingFileLockException heldByThisProcess) {
      // falls through: held all the same
    }
    channel.close();
    throw held(statePath, "");
  }

  /** Returns whether another run may hold it by now. */
  boolean isLost() {
    return lost.getAsBoolean();
  }

  static RunException held(String statePath, String further) {
    return new RunException(
        "another run uses run.state-path "
            + statePath
            + further
            + "; wait until it has ended, or give this job a folder of its own");
  }

  @Override
  public void close() throws IOException {
    release.run();
  }
}
