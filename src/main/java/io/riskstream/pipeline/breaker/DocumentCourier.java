package io.riskstream.pipeline.breaker;

import io.riskstream.model.ControlDocument;
import io.riskstream.sink.control.ControlPublisher;
import io.riskstream.sink.hotstore.BackOff;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes documents in their order on a thread of its own, each until it is kept or the task
 * closes: the task never waits for Kafka and never fails for it. At least once; the gate knows a
 * document that comes again by its identity. What is not published is told by metrics and the log.
 *
 * <p>The thread begins with the first document. One thread may give documents.
 */
final class DocumentCourier implements AutoCloseable {
  /** More than all rules of the largest ruleset. */
  static final int MOST_PENDING = 256;

  static final String OPENED = "breakerOpened";
  static final String PENDING = "breakerPending";
  static final String FAILED_ATTEMPTS = "breakerFailedAttempts";
  static final String DROPPED = "breakerDropped";

  private static final Logger LOG = LoggerFactory.getLogger(DocumentCourier.class);

  private final ControlPublisher publisher;
  private final int subtask;
  private final BlockingQueue<ControlDocument> queue = new ArrayBlockingQueue<>(MOST_PENDING);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicLong opened = new AtomicLong();
  private final AtomicInteger pending = new AtomicInteger();
  private final AtomicLong failedAttempts = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private Thread thread;

  DocumentCourier(ControlPublisher publisher, MetricGroup operator, int subtask) {
    this.publisher = publisher;
    this.subtask = subtask;
    operator.gauge(OPENED, (Gauge<Long>) opened::get);
    operator.gauge(PENDING, (Gauge<Integer>) pending::get);
    operator.gauge(FAILED_ATTEMPTS, (Gauge<Long>) failedAttempts::get);
    operator.gauge(DROPPED, (Gauge<Long>) dropped::get);
  }

  /** Takes a document and returns at once. */
  void take(ControlDocument document) {
    opened.incrementAndGet();
    pending.incrementAndGet();
    if (!queue.offer(document)) {
      pending.decrementAndGet();
      dropped.incrementAndGet();
      LOG.error(
          "{} {} version {} is not published, as {} others wait to be; the rule goes on until it is disabled by hand",
          document.kind(),
          document.id(),
          document.version(),
          MOST_PENDING);
    } else if (thread == null) {
      thread = new Thread(this::run, "breaker-" + subtask);
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Ends the thread soon, and does not wait for it; what is not published by then never is. */
  @Override
  public void close() {
    closed.countDown();
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void run() {
    try {
      while (closed.getCount() > 0) {
        publish(queue.take());
      }
    } catch (InterruptedException closing) {
      LOG.debug("the task closes");
    }
    if (pending.get() > 0) {
      LOG.warn(
          "the task closed before Kafka had taken {} documents of the breaker; it counts anew after a restart",
          pending.get());
    }
  }

  private void publish(ControlDocument document) throws InterruptedException {
    var backOff = new BackOff(new SplittableRandom(subtask));
    var isFirst = true;
    do {
      try {
        publisher.publish(document);
        pending.decrementAndGet();
        LOG.warn(
            "the breaker has published {} {} version {}",
            document.kind(),
            document.id(),
            document.version());
        return;
      } catch (IOException | RuntimeException away) {
        failedAttempts.incrementAndGet();
        if (isFirst && closed.getCount() > 0) {
          LOG.error(
              "the breaker cannot publish {} {} version {} yet, trying again",
              document.kind(),
              document.id(),
              document.version(),
              away);
          isFirst = false;
        }
      }
    } while (!closed.await(backOff.next().toMillis(), TimeUnit.MILLISECONDS));
  }
}
