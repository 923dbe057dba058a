package io.riskstream.sink.hotstore;

import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writing thread's work: batch after batch until the exchange is closed, pausing ever longer
 * while the store is in trouble. It connects before the first snapshot, so that a wrong password
 * shows at once.
 */
final class HotStoreLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(HotStoreLoop.class);

  private final SnapshotExchange exchange;
  private final RedisStore store;
  private final HotStoreMetrics metrics;
  private final BackOff backOff;
  private final int batchSize;
  private final Runnable onFailure;
  private boolean troubled;

  /**
   * Makes the loop.
   *
   * @param onFailure run once the exchange holds the reason why no repetition can help
   */
  HotStoreLoop(
      SnapshotExchange exchange,
      RedisStore store,
      HotStoreMetrics metrics,
      BackOff backOff,
      int batchSize,
      Runnable onFailure) {
    this.exchange = exchange;
    this.store = store;
    this.metrics = metrics;
    this.backOff = backOff;
    this.batchSize = batchSize;
    this.onFailure = onFailure;
  }

  @Override
  public void run() {
    try {
      settle(store.write(List.of()));
      for (var batch = exchange.takeBatch(batchSize);
          batch != null;
          batch = exchange.takeBatch(batchSize)) {
        settle(store.write(batch));
      }
    } catch (InterruptedException closing) {
      LOG.debug("hot store writer interrupted");
    } catch (IOException permanent) {
      fail(permanent);
    } catch (RuntimeException | Error unexpected) {
      fail(new IOException("the hot store's writing thread failed: " + unexpected, unexpected));
    } finally {
      store.close();
    }
  }

  private void settle(RedisStore.Result result) throws InterruptedException {
    metrics.acknowledged(result.written(), result.refused());
    exchange.settle(result);
    if (result.trouble() == null) {
      if (troubled) {
        LOG.info("hot store is back");
      }
      troubled = false;
      backOff.reset();
    } else {
      if (!troubled) {
        LOG.warn("hot store is in trouble, snapshots wait: {}", result.trouble());
      }
      troubled = true;
      exchange.pause(backOff.next());
    }
  }

  private void fail(IOException why) {
    exchange.fail(why);
    onFailure.run();
  }
}
