package io.riskstream.sink.hotstore;

import io.riskstream.model.HotRebuild;
import io.riskstream.sink.control.ControlPublisher;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes requests for a rebuild, each on a thread of its own that tries until the document is
 * kept: neither the hot store nor the job waits for Kafka, and neither fails for it.
 */
final class RebuildRequests implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RebuildRequests.class);

  private final ControlPublisher publisher;
  private final Consumer<HotRebuild> published;
  private final int subtask;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Thread thread;

  /**
   * @param published gets each document that is kept
   */
  RebuildRequests(ControlPublisher publisher, Consumer<HotRebuild> published, int subtask) {
    this.publisher = publisher;
    this.published = published;
    this.subtask = subtask;
  }

  /** Begins to publish; the caller has one request at a time. */
  synchronized void ask(HotRebuild document) {
    if (closed.getCount() > 0) {
      thread = new Thread(() -> publish(document), "hot-store-request-" + subtask);
      thread.setDaemon(true);
      thread.start();
    }
  }

  @Override
  public synchronized void close() {
    closed.countDown();
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void publish(HotRebuild document) {
    var backOff = new BackOff(new SplittableRandom(subtask));
    var isFirst = true;
    try {
      do {
        try {
          publisher.publish(document);
          LOG.info("asked for a rebuild of the hot store, document {}", document.id());
          published.accept(document);
          return;
        } catch (IOException | RuntimeException away) {
          if (isFirst && closed.getCount() > 0) {
            LOG.error("cannot ask for a rebuild of the hot store yet, trying again", away);
            isFirst = false;
          }
        }
      } while (!closed.await(backOff.next().toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException closing) {
      LOG.debug("request for a rebuild given up, the writer closes");
    }
  }
}
