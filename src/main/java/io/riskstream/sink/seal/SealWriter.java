package io.riskstream.sink.seal;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps seals, over failures too, until their rows are visible. It looks at every checkpoint, on a
 * thread of its own, so that a slow lake holds up no barrier. What is left at the end of the input
 * goes to the committer, which waits for it.
 */
final class SealWriter implements CommittingSinkWriter<Seal, Seal>, StatefulSinkWriter<Seal, Seal> {
  private static final Logger LOG = LoggerFactory.getLogger(SealWriter.class);
  private static final long END_SECONDS = 30;

  private record Hour(String dataset, long hourMillis) {}

  private final String lakePath;

  /** Removed from once written, by the thread beside. */
  private final Map<Hour, SealFile> waiting = new ConcurrentHashMap<>();

  private final ExecutorService beside =
      Executors.newSingleThreadExecutor(
          work -> {
            var thread = new Thread(work, "seals");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicBoolean isLooking = new AtomicBoolean();
  private boolean ended;

  SealWriter(String lakePath, Collection<Seal> restored, MetricGroup metrics) {
    this.lakePath = lakePath;
    restored.forEach(this::add);
    metrics.gauge("waitingSeals", (Gauge<Integer>) waiting::size);
  }

  @Override
  public void write(Seal seal, Context context) {
    add(seal);
  }

  private void add(Seal seal) {
    waiting.put(new Hour(seal.dataset(), seal.hourMillis()), new SealFile(lakePath, seal));
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    if (endOfInput) {
      ended = true;
      beside.shutdown();
      if (!beside.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(
            "the lake at " + lakePath + " has not answered for " + END_SECONDS + " s");
      }
    }
  }

  @Override
  public Collection<Seal> prepareCommit() {
    if (ended) {
      var rest = seals();
      waiting.clear();
      return rest;
    }
    // A slow lake is looked at by one thread, and not once more for each checkpoint meanwhile.
    if (!waiting.isEmpty() && isLooking.compareAndSet(false, true)) {
      beside.execute(this::look);
    }
    return List.of();
  }

  private void look() {
    try {
      waiting.values().removeIf(this::isWritten);
    } finally {
      isLooking.set(false);
    }
  }

  @Override
  public List<Seal> snapshotState(long checkpointId) {
    return seals();
  }

  @Override
  public void close() {
    beside.shutdownNow();
  }

  private List<Seal> seals() {
    return waiting.values().stream().map(SealFile::seal).toList();
  }

  private boolean isWritten(SealFile file) {
    try {
      return file.writeIfVisible();
    } catch (IOException | RuntimeException lakeIsAway) { // Parquet throws either
      // Nothing is lost: the seal is kept in the state, and tried again at the next checkpoint.
      LOG.warn("cannot seal {} yet", file.seal(), lakeIsAway);
      return false;
    }
  }
}
