package io.riskstream.cluster.process;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * One process of this computer for all time: its id, and when it was started. A later process of
 * the same id is never taken for it and never signalled.
 *
 * @param pid its id
 * @param started when it was started, as the system tells it exactly
 */
public record ProcessMark(long pid, String started) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
  private static final int STATE = 0;
  private static final int START_TIME = 19;

  /** Returns the mark of the process that has the id now. */
  public static Optional<ProcessMark> of(long pid) {
    return started(pid).map(started -> new ProcessMark(pid, started));
  }

  /** Returns that of a process that had ended before one could ask when it was started. */
  static ProcessMark ended(long pid) {
    return new ProcessMark(pid, "unknown");
  }

  /** Returns whether the process runs or is paused; one that has ended but lingers does not. */
  public boolean isAlive() {
    return started(pid).filter(started::equals).isPresent();
  }

  /** Returns when it was started, on the wall clock; empty if it has ended. */
  public Optional<Instant> since() {
    return isAlive()
        ? ProcessHandle.of(pid).flatMap(process -> process.info().startInstant())
        : Optional.empty();
  }

  /** Asks the process to end, also where it is paused. */
  public void terminate() throws IOException {
    signal("TERM");
    signal("CONT");
  }

  /** Ends the process at once; returns when it is gone. */
  public void kill() throws IOException {
    signal("KILL");
    if (!awaitEnd(KILL_LIMIT)) {
      throw new IOException("process " + pid + " does not end, even when it is killed");
    }
  }

  /** Returns whether the process has ended within the time. */
  public boolean awaitEnd(Duration limit) throws InterruptedIOException {
    return await(limit, () -> !isAlive());
  }

  /** Sends a signal by its name; does nothing if the process has ended. */
  public void signal(String name) throws IOException {
    if (!isAlive()) {
      return;
    }
    var kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(pid))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      if (kill.waitFor() != 0 && isAlive()) {
        throw new IOException("process " + pid + " cannot be signalled; is it another user's?");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while signalling process " + pid);
    }
  }

  /** Looks at a condition until it holds; returns false when the time is over. */
  public static boolean await(Duration limit, BooleanSupplier condition)
      throws InterruptedIOException {
    var end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("interrupted while waiting for a process");
      }
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
    return true;
  }

  /**
   * Where there is a /proc, by the ticks since the computer was started and the id of that start:
   * the wall clock may be set, and a process that has ended lingers until its parent asks for it,
   * which in a container may be never.
   */
  private static Optional<String> started(long pid) {
    try {
      if (Files.exists(BOOT_ID)) {
        var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        // The name of the program, in brackets, may hold spaces and brackets.
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return fields[STATE].matches("[ZXx]")
            ? Optional.empty()
            : Optional.of(Files.readString(BOOT_ID).strip() + "/" + fields[START_TIME]);
      }
    } catch (IOException ended) {
      return Optional.empty();
    }
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(process -> process.info().startInstant())
        .map(Instant::toString);
  }
}
