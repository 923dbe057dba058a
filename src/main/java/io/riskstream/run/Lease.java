package io.riskstream.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock file with a heartbeat, for file systems without locks. Whoever finds none, or one that has
 * not been renewed for a minute, writes its name into it and has it if the name still stands there
 * two seconds later. Whoever has it says when it is lost: another name stands there, or it could
 * not be renewed for so long that it is about to lapse. Clocks of the machines may differ by some
 * ten seconds.
 */
final class Lease implements AutoCloseable {
  /**
   * How long things take.
   *
   * @param renewed from one heartbeat to the next
   * @param stale after which others may take what was not renewed
   * @param settled until a name stands, or a file that is being written is whole
   * @param lost after which one that cannot renew gives up, well before it is stale
   */
  record Times(Duration renewed, Duration stale, Duration settled, Duration lost) {}

  static final Times TIMES =
      new Times(
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofSeconds(2),
          Duration.ofSeconds(45));

  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
  private static final Pattern LINE = Pattern.compile("(\\S+) (\\d{1,18})\\s*");

  /** What a lock file says. */
  private record Held(String owner, long atMillis) {}

  private final Path path;
  private final FileSystem files;
  private final Times times;
  private final String owner = UUID.randomUUID().toString();
  private final ScheduledExecutorService heartbeat =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "run-lease");
            thread.setDaemon(true);
            return thread;
          });

  private volatile boolean lost;
  private volatile long writtenNanos;
  private final AtomicInteger failedBeats = new AtomicInteger();

  private Lease(Path path, Times times) throws IOException {
    this.path = path;
    this.files = path.getFileSystem();
    this.times = times;
  }

  static Lease take(Path path, String statePath) throws IOException, RunException {
    return take(path, statePath, TIMES);
  }

  static Lease take(Path path, String statePath, Times times) throws IOException, RunException {
    var lease = new Lease(path, times);
    var held = lease.readOrNull();
    if (held == null) { // or is being written just now
      LockSupport.parkNanos(times.settled.toNanos());
      held = lease.readOrNull();
    }
    var age = held == null ? Long.MAX_VALUE : System.currentTimeMillis() - held.atMillis;
    if (age < times.stale.toMillis()) {
      throw RunLock.held(
          statePath,
          " (its lock was renewed %d s ago; a lock that nobody renews lapses after %d s)"
              .formatted(Math.max(0, age) / 1000, times.stale.toSeconds()));
    }
    lease.write();
    LockSupport.parkNanos(times.settled.toNanos());
    if (!lease.isOwn(lease.readOrNull())) {
      throw RunLock.held(statePath, "");
    }
    var unused = // its failure shows as a lock that is lost
        lease.heartbeat.scheduleAtFixedRate(
            lease::renew,
            times.renewed.toMillis(),
            times.renewed.toMillis(),
            TimeUnit.MILLISECONDS);
    return lease;
  }

  /** Returns whether another may hold it by now; once so, for ever. */
  boolean isLost() {
    if (System.nanoTime() - writtenNanos > times.lost.toNanos()) {
      lost = true;
    }
    return lost;
  }

  int failedBeats() {
    return failedBeats.get();
  }

  private boolean isOwn(Held heldOrNull) {
    return heldOrNull != null && heldOrNull.owner.equals(owner);
  }

  /** Returns nothing where there is no file, or none that is whole. */
  private Held readOrNull() throws IOException {
    if (!files.exists(path)) {
      return null;
    }
    try (var in = files.open(path)) {
      var line = LINE.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return line.matches() ? new Held(line.group(1), Long.parseLong(line.group(2))) : null;
    } catch (FileNotFoundException missing) {
      if (files.exists(path)) {
        throw missing; // too many open files, say; else its owner has removed it
      }
      return null;
    }
  }

  private void write() throws IOException {
    var begunNanos = System.nanoTime();
    try (var out = files.create(path, FileSystem.WriteMode.OVERWRITE)) {
      var line = owner + " " + System.currentTimeMillis() + "\n";
      out.write(line.getBytes(StandardCharsets.UTF_8));
    }
    writtenNanos = begunNanos;
  }

  private void renew() {
    if (isLost()) {
      return;
    }
    try {
      var held = readOrNull();
      if (held == null || isOwn(held)) {
        write();
      } else {
        lost = true;
      }
    } catch (IOException failed) { // tried again at the next beat, until it counts as lost
      failedBeats.incrementAndGet();
      LOG.warn("the lock {} could not be renewed: {}", path, failed.toString());
    }
  }

  @Override
  public void close() throws IOException {
    heartbeat.shutdownNow();
    if (isOwn(readOrNull())) {
      files.delete(path, false);
    }
  }
}
