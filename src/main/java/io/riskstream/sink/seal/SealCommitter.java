package io.riskstream.sink.seal;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.connector.sink2.Committer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the seals that are left at the end of the input. The last rows become visible while it
 * waits, by committers in other tasks; so it may wait here, where it holds up nothing else. Flink's
 * own way to try again does so at once and gives up after ten times.
 */
final class SealCommitter implements Committer<Seal> {
  private static final Logger LOG = LoggerFactory.getLogger(SealCommitter.class);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final String lakePath;
  private final Duration patience;

  SealCommitter(String lakePath, Duration patience) {
    this.lakePath = lakePath;
    this.patience = patience;
  }

  @Override
  public void commit(Collection<CommitRequest<Seal>> requests)
      throws IOException, InterruptedException {
    var deadlineNanos = System.nanoTime() + patience.toNanos();
    for (var request : requests) {
      var file = new SealFile(lakePath, request.getCommittable());
      while (!isWritten(file, System.nanoTime() > deadlineNanos)) {
        LockSupport.parkNanos(PAUSE.toNanos());
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }
  }

  /** A lake that is away for a moment is waited for as the rows are. */
  private boolean isWritten(SealFile file, boolean isLast) throws IOException {
    try {
      if (file.writeIfVisible()) {
        return true;
      }
    } catch (IOException | RuntimeException lakeIsAway) { // Parquet throws either
      if (isLast) {
        throw new IOException(
            "an hour of the lake cannot be sealed: " + file.seal() + " after " + patience,
            lakeIsAway);
      }
      LOG.debug("cannot seal {} yet", file.seal(), lakeIsAway);
      return false;
    }
    if (isLast) {
      throw new IOException(
          "an hour of the lake cannot be sealed: " + file.awaited() + " after " + patience);
    }
    return false;
  }

  @Override
  public void close() {}
}
