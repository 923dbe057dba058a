package io.riskstream.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * A lock file with a heartbeat, for file systems without locks. Whoever finds none, or one that has
 * not been renewed for a minute, writes its name into it and has it if the name still stands there
 * two seconds later. Clocks of the machines may differ by some ten seconds.
 */
final class Lease implements AutoCloseable {
  private static final long RENEWED_SECONDS = 10;
  private static final long STALE_MILLIS = 60_000;
  private static final long SETTLED_NANOS = 2_000_000_000L;

  private final Path path;
  private final FileSystem files;
  private final String owner = UUID.randomUUID().toString();
  private final ScheduledExecutorService heartbeat =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "run-lease");
            thread.setDaemon(true);
            return thread;
          });

  private Lease(Path path) throws IOException {
    this.path = path;
    this.files = path.getFileSystem();
  }

  static Lease take(Path path, String statePath) throws IOException, RunException {
    var lease = new Lease(path);
    var age = lease.ageMillis();
    if (age < STALE_MILLIS) {
      throw RunLock.held(
          statePath,
          " (its lock was renewed %d s ago; a lock that nobody renews lapses after %d s)"
              .formatted(age / 1000, STALE_MILLIS / 1000));
    }
    lease.write();
    LockSupport.parkNanos(SETTLED_NANOS);
    if (!lease.read().startsWith(lease.owner)) {
      throw RunLock.held(statePath, "");
    }
    var unused = // its failure shows as a lock that others may take
        lease.heartbeat.scheduleAtFixedRate(
            lease::renew, RENEWED_SECONDS, RENEWED_SECONDS, TimeUnit.SECONDS);
    return lease;
  }

  private long ageMillis() throws IOException {
    if (!files.exists(path)) {
      return Long.MAX_VALUE;
    }
    var words = read().strip().split(" ", -1);
    return words.length < 2
        ? Long.MAX_VALUE
        : Math.max(0, System.currentTimeMillis() - Long.parseLong(words[1]));
  }

  private String read() throws IOException {
    try (var in = files.open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void write() throws IOException {
    try (var out = files.create(path, FileSystem.WriteMode.OVERWRITE)) {
      var line = owner + " " + System.currentTimeMillis() + "\n";
      out.write(line.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void renew() {
    try {
      write();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed); // ends the heartbeat, so that the lock lapses
    }
  }

  @Override
  public void close() throws IOException {
    heartbeat.shutdownNow();
    files.delete(path, false);
  }
}
