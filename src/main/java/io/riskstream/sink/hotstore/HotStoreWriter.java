package io.riskstream.sink.hotstore;

import io.riskstream.config.HotStoreConfig;
import io.riskstream.model.UserSnapshot;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * One subtask's writer, with a writing thread of its own. The task's thread hands snapshots over
 * and never waits for Redis, but for a checkpoint while Redis is well and at the end of the input,
 * both within their time. Nothing that it took in and did not count as dropped or rejected is lost:
 * it is in Redis or in the next checkpoint. Redis can fail the task only by refusing the first
 * connection, and at the end of the input.
 */
final class HotStoreWriter implements StatefulSinkWriter<UserSnapshot, SnapshotChunk> {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final HotStoreConfig config;
  private final RedisAddress address;
  private final SnapshotExchange exchange;
  private final HotStoreMetrics metrics;
  private final RedisStore store;
  private final Thread thread;

  private HotStoreWriter(
      HotStoreConfig config,
      WriterInitContext context,
      List<UserSnapshot> restored,
      Duration answerTimeout) {
    this.config = config;
    address = RedisAddress.parse(config.uri());
    exchange = new SnapshotExchange(config.bufferSize(), restored);
    metrics = new HotStoreMetrics(context.metricGroup(), exchange, Clock.systemUTC());
    store = new RedisStore(address, answerTimeout);
    var mailbox = context.getMailboxExecutor();
    var subtask = context.getTaskInfo().getIndexOfThisSubtask();
    var loop =
        new HotStoreLoop(
            exchange,
            store,
            metrics,
            new BackOff(new SplittableRandom(subtask)),
            config.batchSize(),
            () -> wakeTask(mailbox));
    thread = new Thread(loop, "hot-store-writer-" + subtask);
    thread.setDaemon(true);
  }

  /**
   * Starts a writer.
   *
   * @param unwritten what a checkpoint found unwritten
   * @param answerTimeout after which a silent Redis counts as out of reach
   */
  static HotStoreWriter start(
      HotStoreConfig config,
      WriterInitContext context,
      Collection<SnapshotChunk> unwritten,
      Duration answerTimeout) {
    var restored = unwritten.stream().flatMap(chunk -> chunk.snapshots().stream()).toList();
    var writer = new HotStoreWriter(config, context, restored, answerTimeout);
    writer.thread.start();
    return writer;
  }

  @Override
  public void write(UserSnapshot snapshot, Context context) throws IOException {
    if (!exchange.offer(snapshot)) {
      metrics.dropped();
    }
  }

  /**
   * Before a checkpoint, waits at most the flush timeout and only while Redis is well: the
   * checkpoint keeps what is left. At the end of the input no checkpoint may follow, so waits for
   * the drain timeout and then fails.
   */
  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    if (!endOfInput) {
      exchange.awaitWritten(config.flushTimeout(), false);
    } else if (!exchange.awaitWritten(config.drainTimeout(), true)) {
      var trouble = exchange.trouble();
      throw new IOException(
          "the hot store at %s did not take the last %d user snapshots within %d ms (%s); bring it back or raise hot-store.drain-timeout"
              .formatted(
                  address,
                  exchange.unwritten().size(),
                  config.drainTimeout().toMillis(),
                  trouble == null ? "it is slow" : trouble.message()));
    }
  }

  @Override
  public List<SnapshotChunk> snapshotState(long checkpointId) {
    return SnapshotChunk.split(exchange.unwritten());
  }

  /** Ends the writing thread; what is unwritten stays in the last checkpoint. */
  @Override
  public void close() throws InterruptedException {
    exchange.close();
    store.abort();
    thread.join(CLOSE_TIMEOUT.toMillis());
  }

  /** Lets an idle task fail at once instead of at its next snapshot. */
  private void wakeTask(MailboxExecutor mailbox) {
    try {
      mailbox.execute(exchange::check, "hot store failed");
    } catch (RejectedExecutionException taskEnds) {
      // It closes the writer anyhow.
    }
  }
}
