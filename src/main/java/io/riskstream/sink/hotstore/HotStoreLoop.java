package io.riskstream.sink.hotstore;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writing thread's work: batch after batch until the exchange is closed, pausing ever longer
 * while the store is in trouble. It connects before the first snapshot, so that a wrong password
 * shows at once. Each kind of trouble is logged once from its beginning to the store's recovery.
 */
final class HotStoreLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(HotStoreLoop.class);

  private final SnapshotExchange exchange;
  private final RedisStore store;
  private final HotStoreMetrics metrics;
  private final BackOff backOff;
  private final int batchSize;
  private final Runnable onFailure;
  private final Set<String> kindsOfTrouble = new HashSet<>();

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
    } catch (IOException notEvenOnce) {
      fail(notEvenOnce);
    } catch (RuntimeException | Error unexpected) {
      fail(new IOException("the hot store's writing thread failed: " + unexpected, unexpected));
    } finally {
      store.close();
    }
  }

  private void settle(RedisStore.Result result) throws InterruptedException {
    metrics.acknowledged(result.written(), result.refused());
    reject(result.rejections());
    exchange.settle(result);
    if (result.trouble() == null) {
      if (!kindsOfTrouble.isEmpty()) {
        LOG.info("hot store is back");
        kindsOfTrouble.clear();
      }
      backOff.reset();
    } else {
      if (!exchange.isClosed() && kindsOfTrouble.add(result.trouble().kind())) {
        LOG.error(
            "hot store is in trouble, snapshots wait and are tried again: {}",
            result.trouble().message());
      }
      exchange.pause(backOff.next());
    }
  }

  /** One line a batch, however many of its keys are of the wrong kind. */
  private void reject(List<String> rejections) {
    if (!rejections.isEmpty()) {
      metrics.rejected(rejections.size());
      LOG.error(
          "hot store dropped {} user snapshots, the first because of {}",
          rejections.size(),
          rejections.get(0));
    }
  }

  private void fail(IOException why) {
    exchange.fail(why);
    onFailure.run();
  }
}
