package io.riskstream.sink.hotstore;

import io.riskstream.model.HotUpdate;
import io.riskstream.sink.hotstore.redis.Result;
import io.riskstream.sink.hotstore.redis.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the task's thread and the writing thread share: the updates pending, and how the store is.
 * Nothing done under its lock waits for the store.
 */
final class UpdateExchange {
  private final ReentrantLock lock = new ReentrantLock();

  /** There is work for the writing thread, or it has to end. */
  private final Condition work = lock.newCondition();

  /** A batch has ended, well or not. */
  private final Condition progress = lock.newCondition();

  private final PendingUpdates pending;
  private long settledBatches;
  private boolean isBeatAwaited;
  private Trouble trouble;
  private IOException failure;
  private boolean closed;

  UpdateExchange(int capacity, Collection<? extends HotUpdate> restored) {
    pending = new PendingUpdates(capacity, restored);
  }

  /**
   * Takes an update in.
   *
   * @return false if it is of a further user or alert and there is no room
   * @throws IOException why the store cannot be written any more
   */
  boolean offer(HotUpdate update) throws IOException {
    lock.lock();
    try {
      throwFailure();
      var held = pending.offer(update);
      work.signal();
      return held;
    } finally {
      lock.unlock();
    }
  }

  /** Takes an update in as {@link #offer} does, but waits for room while the store is well. */
  boolean offerPatiently(HotUpdate update) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      throwFailure();
      while (!pending.offer(update)) {
        if (trouble != null || closed) {
          return false;
        }
        progress.await();
        throwFailure();
      }
      work.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until nothing is pending, or the time is over.
   *
   * @param evenIfTroubled whether to go on waiting while the store is in trouble
   * @return whether nothing is pending
   * @throws IOException why the store cannot be written any more
   */
  boolean awaitWritten(Duration longest, boolean evenIfTroubled)
      throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      var settledBefore = settledBatches;
      var nanosLeft = longest.toNanos();
      while (failure == null && !pending.isEmpty() && (trouble == null || evenIfTroubled)) {
        if (nanosLeft <= 0) {
          noteSilence(settledBefore, longest);
          break;
        }
        nanosLeft = progress.awaitNanos(nanosLeft);
      }
      throwFailure();
      return pending.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the writing thread has said once more how the pipeline is, or the time is over.
   *
   * @throws IOException why the store cannot be written any more
   */
  void awaitBeat(Duration longest) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      isBeatAwaited = true;
      work.signal();
      var nanosLeft = longest.toNanos();
      while (failure == null && !closed && isBeatAwaited && nanosLeft > 0) {
        nanosLeft = progress.awaitNanos(nanosLeft);
      }
      throwFailure();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the newest update of each user and alert that the store has not acknowledged. */
  List<HotUpdate> unwritten() {
    lock.lock();
    try {
      return pending.newest();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hands out the next batch, waiting for one; an empty one when nothing came in that time, and at
   * once while the store is in trouble and nothing waits, so that its return is noticed.
   *
   * @return null once closed
   */
  List<HotUpdate> takeBatch(int most, Duration longest) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var nanosLeft = longest.toNanos();
      while (!closed
          && trouble == null
          && pending.nothingWaits()
          && !isBeatAwaited
          && nanosLeft > 0) {
        nanosLeft = work.awaitNanos(nanosLeft);
      }
      return closed ? null : pending.takeBatch(most);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the batch that was handed out. */
  void settle(Result result) {
    lock.lock();
    try {
      pending.endBatch(result.unwritten());
      trouble = result.trouble();
      settledBatches++;
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets the task's thread fail, now if it waits, else when it next comes. */
  void fail(IOException why) {
    lock.lock();
    try {
      failure = why;
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Throws why the store cannot be written any more, if so. */
  void check() throws IOException {
    lock.lock();
    try {
      throwFailure();
    } finally {
      lock.unlock();
    }
  }

  boolean isBeatAwaited() {
    lock.lock();
    try {
      return isBeatAwaited;
    } finally {
      lock.unlock();
    }
  }

  /** Notes that a beat was sent, in vain or not. */
  void beatSent() {
    lock.lock();
    try {
      isBeatAwaited = false;
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits that long, or until closed. */
  void pause(Duration length) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var nanosLeft = length.toNanos();
      while (!closed && nanosLeft > 0) {
        nanosLeft = work.awaitNanos(nanosLeft);
      }
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether it was closed: what then ails the store is of no interest. */
  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Returns what ails the store, or null. */
  Trouble trouble() {
    lock.lock();
    try {
      return trouble;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return pending.size();
    } finally {
      lock.unlock();
    }
  }

  /** A store that is silent for a whole checkpoint must not hold up the next one as well. */
  private void noteSilence(long settledBefore, Duration waited) {
    if (trouble == null && settledBatches == settledBefore) {
      trouble = new Trouble("SILENCE", "no answer for " + waited.toMillis() + " ms");
    }
  }

  /** A new exception each time, so that its trace shows who met it. */
  private void throwFailure() throws IOException {
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
  }
}
