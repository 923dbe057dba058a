package io.riskstream.sink.hotstore;

import io.riskstream.config.HotStoreConfig;
import io.riskstream.model.HotAlert;
import io.riskstream.model.HotUpdate;
import io.riskstream.model.HotWindow;
import io.riskstream.model.RebuildMark;
import io.riskstream.sink.control.ControlPublisher;
import io.riskstream.sink.hotstore.redis.AlertLimits;
import io.riskstream.sink.hotstore.redis.RedisAddress;
import io.riskstream.sink.hotstore.redis.RedisStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * One subtask's writer, with a writing thread of its own. The task's thread hands updates over and
 * never waits for Redis, but while Redis is well for a checkpoint and for room for a rebuild, and
 * at the end of the input; but for the rebuild, within their time. Nothing that it took in and did
 * not count as dropped or rejected is lost: it is in Redis or in the next checkpoint. Redis can
 * fail the task only by refusing the first connection, and at the end of the input.
 */
final class HotStoreWriter implements StatefulSinkWriter<HotUpdate, UpdateChunk> {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final HotStoreConfig config;
  private final RedisAddress address;
  private final UpdateExchange exchange;
  private final StoreAccount account;
  private final Heart heart;
  private final RebuildRequests requests;
  private final HotStoreMetrics metrics;
  private final RedisStore store;
  private final Thread thread;
  private final boolean isOfWindows;

  /** Whether the user operator shows all its users again, for which there must be room. */
  private boolean rebuilds;

  private HotStoreWriter(
      HotStoreConfig config,
      ControlPublisher controlOrNull,
      Duration allowedLateness,
      WriterInitContext context,
      Collection<UpdateChunk> restored,
      Duration answerTimeout) {
    this.config = config;
    address = RedisAddress.parse(config.uri());
    var clock = Clock.systemUTC();
    var task = context.getTaskInfo();
    var subtask = task.getIndexOfThisSubtask();
    var parallelism = task.getNumberOfParallelSubtasks();
    var memories =
        restored.stream().map(UpdateChunk::memoryOrNull).filter(Objects::nonNull).toList();
    exchange =
        new UpdateExchange(
            config.bufferSize(),
            restored.stream().flatMap(chunk -> chunk.updates().stream()).toList());
    account = new StoreAccount(subtask, parallelism, memories, clock);
    isOfWindows = controlOrNull == null;
    heart =
        new Heart(
            account,
            clock,
            subtask,
            parallelism,
            config.epoch(),
            task.getAttemptNumber(),
            isOfWindows);
    requests = new RebuildRequests(controlOrNull, account::asked, subtask);
    metrics = new HotStoreMetrics(context.metricGroup(), exchange, account, clock);
    store =
        new RedisStore(
            address,
            answerTimeout,
            new AlertLimits(config.alertRetention(), config.alertIndexSize()));
    var mailbox = context.getMailboxExecutor();
    var loop =
        new HotStoreLoop(
            exchange,
            store,
            account,
            heart,
            new AlertSweep(store, heart, allowedLateness, OwnUsers.of(task), isOfWindows),
            requests,
            metrics,
            new BackOff(new SplittableRandom(subtask)),
            config.batchSize(),
            () -> wakeTask(mailbox));
    thread =
        new Thread(loop, (isOfWindows ? "hot-windows-writer-" : "hot-store-writer-") + subtask);
    thread.setDaemon(true);
  }

  /**
   * Starts a writer.
   *
   * @param controlOrNull where a rebuild is asked for; null for a writer of windows, which asks for
   *     none and leaves it to the others to speak for the pipeline
   * @param allowedLateness of the pipeline: how far the finality line is behind the watermark
   * @param unwritten what a checkpoint found unwritten
   * @param answerTimeout after which a silent Redis counts as out of reach
   */
  static HotStoreWriter start(
      HotStoreConfig config,
      ControlPublisher controlOrNull,
      Duration allowedLateness,
      WriterInitContext context,
      Collection<UpdateChunk> unwritten,
      Duration answerTimeout) {
    var writer =
        new HotStoreWriter(
            config, controlOrNull, allowedLateness, context, unwritten, answerTimeout);
    writer.thread.start();
    return writer;
  }

  @Override
  public void write(HotUpdate update, Context context) throws IOException, InterruptedException {
    if (update instanceof RebuildMark mark) {
      rebuilds = !mark.done();
      if (rebuilds) {
        account.begun(mark);
        return;
      }
    }
    if (!(rebuilds ? exchange.offerPatiently(update) : exchange.offer(update))) {
      metrics.dropped(update);
      if (update instanceof HotAlert) {
        account.alertMissed();
      } else if (!(update instanceof HotWindow)) { // which comes again by itself
        account.userMissed();
      }
    }
  }

  @Override
  public void writeWatermark(Watermark watermark) {
    heart.watermark(watermark.getTimestamp());
  }

  /**
   * Before a checkpoint, waits at most the flush timeout and only while Redis is well: the
   * checkpoint keeps what is left. At the end of the input no checkpoint may follow, so waits for
   * the drain timeout and then fails. It also fails while users are missing, which nothing could
   * show again once the job has ended: the restart can.
   */
  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    if (!endOfInput) {
      exchange.awaitWritten(config.flushTimeout(), false);
    } else if (!exchange.awaitWritten(config.drainTimeout(), true)) {
      var trouble = exchange.trouble();
      throw new IOException(
          "the hot store at %s did not take the last %d updates within %d ms (%s); bring it back or raise hot-store.drain-timeout"
              .formatted(
                  address,
                  exchange.unwritten().size(),
                  config.drainTimeout().toMillis(),
                  trouble == null ? "it is slow" : trouble.message()));
    } else if (!isOfWindows) {
      exchange.awaitBeat(config.flushTimeout());
      failIfDegraded();
    }
  }

  private void failIfDegraded() throws IOException {
    if (account.isDegraded()) {
      throw new IOException(
          "the hot store at %s lacks users since %s, and an ended job cannot write them again; let the job run until degraded is 0 in risk:pipeline (riskstream hot rebuild --wait), then end it"
              .formatted(address, Instant.ofEpochMilli(account.degradedSinceMillis())));
    }
  }

  @Override
  public List<UpdateChunk> snapshotState(long checkpointId) {
    var chunks = new ArrayList<>(UpdateChunk.split(exchange.unwritten()));
    chunks.add(UpdateChunk.of(account.memory()));
    return chunks;
  }

  /** Ends the writing thread; what is unwritten stays in the last checkpoint. */
  @Override
  public void close() throws InterruptedException {
    exchange.close();
    requests.close();
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
