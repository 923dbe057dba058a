package io.riskstream.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Does the same small work again and again while something else is measured, and says what
 * processor time it took: what a second of processor time is worth just now. Where a core is shared
 * by hyperthreads and the memory with neighbours, that varies by a half and more within minutes,
 * and no load average shows it.
 *
 * <p>Two kinds of work, as they suffer from different neighbours: independent integer operations,
 * as many at once as a core can do, and reads of random lines of 64 MiB, each of which waits for
 * the one before. They take 1 to 2 ms, every 50 ms.
 */
public final class Control implements AutoCloseable {
  private static final long PAUSE_MILLIS = 50;
  private static final int OPERATIONS = 300_000;
  private static final int READS = 2_000;

  private static final int LINE_INTS = 16;
  private static final int LINES = 1 << 20;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final int[] ring = ring();
  private final Thread thread = new Thread(this::run, "control");
  private int place;
  private long total;
  private volatile boolean closed;
  private volatile Reading reading = Reading.NONE;

  /**
   * What it has taken since it began.
   *
   * @param rounds that it has done
   * @param integerNanos of processor time for a step of the operations, added up over the rounds
   * @param memoryNanos for a read, likewise
   */
  public record Reading(long rounds, double integerNanos, double memoryNanos) {
    /** Before the first round. */
    public static final Reading NONE = new Reading(0, 0, 0);

    /** Returns what a step and a read have taken on average since then. */
    public Cost since(Reading earlier) {
      var more = (double) (rounds - earlier.rounds);
      return new Cost(
          (integerNanos - earlier.integerNanos) / more, (memoryNanos - earlier.memoryNanos) / more);
    }

    private Reading plus(double integer, double memory) {
      return new Reading(rounds + 1, integerNanos + integer, memoryNanos + memory);
    }
  }

  /** Nanoseconds of processor time for a step of the operations, and for a read. */
  public record Cost(double integerNanos, double memoryNanos) {}

  /** Begins, with a first round before it returns. */
  public Control() {
    work();
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns what it has taken by now. */
  public Reading reading() {
    return reading;
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }

  private void run() {
    while (!closed) {
      try {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      } catch (InterruptedException nobodyDoes) {
        throw new IllegalStateException(nobodyDoes);
      }
      work();
    }
  }

  private void work() {
    var begin = threads.getCurrentThreadCpuTime();
    operate();
    var between = threads.getCurrentThreadCpuTime();
    read();
    var end = threads.getCurrentThreadCpuTime();
    reading =
        reading.plus((double) (between - begin) / OPERATIONS, (double) (end - between) / READS);
  }

  /** Six chains, none of which waits for another. */
  private void operate() {
    long a = total + 1;
    long b = 3;
    long c = 5;
    long d = 7;
    long e = 9;
    long f = 11;
    for (var i = 0; i < OPERATIONS; i++) {
      a = (a << 1) ^ (a >>> 3);
      b = (b << 1) + (b >>> 5);
      c = (c << 3) ^ (c >>> 7);
      d = (d << 3) + (d >>> 9);
      e = (e << 5) ^ (e >>> 2);
      f = (f << 2) + (f >>> 4);
    }
    total = a + b + c + d + e + f;
  }

  private void read() {
    var at = place;
    for (var i = 0; i < READS; i++) {
      at = ring[at];
    }
    place = at;
  }

  /** A cycle through all lines, in an order that no prefetcher foresees. */
  private static int[] ring() {
    var order = new int[LINES];
    var random = new SplittableRandom(1);
    for (var i = 1; i < LINES; i++) {
      var other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    var ring = new int[LINES * LINE_INTS];
    for (var i = 0; i < LINES; i++) {
      ring[order[i] * LINE_INTS] = order[(i + 1) % LINES] * LINE_INTS;
    }
    return ring;
  }
}
