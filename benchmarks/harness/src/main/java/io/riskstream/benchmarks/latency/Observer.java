package io.riskstream.benchmarks.latency;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** A reader that looks for results again and again, on a thread whose processor time is known. */
final class Observer implements AutoCloseable {
  /** One look. */
  @FunctionalInterface
  interface Look {
    /** Looks, and returns soon; what it found it has told. */
    void look() throws Exception;
  }

  private static final long REST_MILLIS = 100;

  private final String name;
  private final Look look;
  private final Thread thread;
  private volatile long cpuNanos;
  private volatile boolean closed;
  private volatile Exception failure;

  /** Starts to look. */
  Observer(String name, Look look) {
    this.name = name;
    this.look = look;
    this.thread = new Thread(this::run, "latency-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns its processor time so far. */
  double cpuSeconds() {
    return cpuNanos / 1e9;
  }

  /**
   * Does nothing while it looks.
   *
   * @throws IOException if it could not go on; what is missing then was not missed by the job
   */
  void requireHealthy() throws IOException {
    if (failure != null) {
      throw new IOException("the reader of %s failed: %s".formatted(name, failure), failure);
    }
  }

  /** A look at nothing. */
  static void rest() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    var threads = ManagementFactory.getThreadMXBean();
    try {
      while (!closed) {
        look.look();
        cpuNanos = threads.getCurrentThreadCpuTime();
      }
    } catch (Exception failed) { // told by requireHealthy
      failure = failed;
    }
  }
}
