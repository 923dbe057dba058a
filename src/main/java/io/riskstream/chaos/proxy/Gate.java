package io.riskstream.chaos.proxy;

import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Through which pieces of data of a proxy pass; a change holds for those that wait, too. */
final class Gate {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private TcpProxy.Mode mode = new TcpProxy.Mode.Passing(Duration.ZERO);
  private final AtomicLong heldBack;

  /**
   * @param heldBack counts the pieces that had to wait
   */
  Gate(AtomicLong heldBack) {
    this.heldBack = heldBack;
  }

  void set(TcpProxy.Mode next) {
    lock.lock();
    try {
      mode = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isRefusing() {
    lock.lock();
    try {
      return mode instanceof TcpProxy.Mode.Refusing;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns when a piece of data may pass.
   *
   * @return false if it may not pass any more
   */
  boolean awaitOpen(Socket socket) {
    lock.lock();
    try {
      var startNanos = System.nanoTime();
      var held = false;
      while (!socket.isClosed()) {
        var leftNanos = leftNanos(startNanos);
        if (leftNanos < 0) {
          return false;
        }
        if (leftNanos == 0) {
          return true;
        }
        if (!held) {
          held = true;
          heldBack.incrementAndGet();
        }
        changed.awaitNanos(Math.min(leftNanos, TimeUnit.SECONDS.toNanos(1)));
      }
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Returns how long a piece has still to wait, 0 for no longer, less for ever. */
  private long leftNanos(long startNanos) {
    if (mode instanceof TcpProxy.Mode.Passing passing) {
      return Math.max(0, passing.delay().toNanos() - (System.nanoTime() - startNanos));
    }
    return mode instanceof TcpProxy.Mode.Silent ? Long.MAX_VALUE : -1;
  }
}
