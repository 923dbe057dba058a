package io.riskstream.benchmarks.contender;

import io.riskstream.benchmarks.check.CommonPart;
import io.riskstream.benchmarks.check.Judgement;
import io.riskstream.benchmarks.measure.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A contender that drains its topic; all of its processes have ended when it is closed. */
public interface ContenderRun extends AutoCloseable {
  /** Between two looks at its progress. */
  Duration POLL = Duration.ofMillis(100);

  /** Returns how many records of the topic are behind it for good: committed. */
  Progress progress() throws IOException;

  /**
   * Waits until so many records are behind it, or for so long; returns whether they are.
   *
   * @throws IOException if it has ended or failed before
   */
  default boolean awaitDrained(long records, Duration longest) throws Exception {
    var deadline = System.nanoTime() + longest.toNanos();
    while (progress().records() < records) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      requireAlive();
      TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
    }
    return true;
  }

  /** Returns the processes that do its work. */
  Set<Long> processes();

  /** Returns the processes of servers that it brings along, which are counted apart. */
  default Set<Long> servers() {
    return Set.of();
  }

  /** Returns the size of its newest checkpoint, or of its state on disk, where it has one. */
  OptionalLong stateBytes() throws Exception;

  /**
   * Does nothing while it works.
   *
   * @throws IOException if it has ended or failed, with the reason
   */
  void requireAlive() throws Exception;

  /**
   * Leaves its state for others to go on from, once it is closed.
   *
   * @return what the caller closes
   */
  default SavedState save() throws Exception {
    throw new UnsupportedOperationException("nobody can go on from its state");
  }

  /** Makes all results final, and compares them; it need not work any more afterwards. */
  Judgement judge(CommonPart must) throws Exception;

  @Override
  void close() throws IOException;
}
