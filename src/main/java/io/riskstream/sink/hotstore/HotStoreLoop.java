package io.riskstream.sink.hotstore;

import io.riskstream.model.HotUpdate;
import io.riskstream.model.RebuildMark;
import io.riskstream.sink.hotstore.redis.RedisStore;
import io.riskstream.sink.hotstore.redis.Result;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writing thread's work: batch after batch until the exchange is closed, pausing ever longer
 * while the store is in trouble. It connects before the first update, so that a wrong password
 * shows at once. Each kind of trouble is logged once from its beginning to the store's recovery.
 * While the store is well, what is owed to it is asked for.
 */
final class HotStoreLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(HotStoreLoop.class);

  private final UpdateExchange exchange;
  private final RedisStore store;
  private final StoreAccount account;
  private final Heart heart;
  private final AlertSweep sweep;
  private final RebuildRequests requests;
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
      UpdateExchange exchange,
      RedisStore store,
      StoreAccount account,
      Heart heart,
      AlertSweep sweep,
      RebuildRequests requests,
      HotStoreMetrics metrics,
      BackOff backOff,
      int batchSize,
      Runnable onFailure) {
    this.exchange = exchange;
    this.store = store;
    this.account = account;
    this.heart = heart;
    this.sweep = sweep;
    this.requests = requests;
    this.metrics = metrics;
    this.backOff = backOff;
    this.batchSize = batchSize;
    this.onFailure = onFailure;
  }

  @Override
  public void run() {
    try {
      write(List.of());
      for (var batch = exchange.takeBatch(batchSize, heart.untilDue());
          batch != null;
          batch = exchange.takeBatch(batchSize, heart.untilDue())) {
        write(batch);
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

  private void write(List<HotUpdate> batch) throws IOException, InterruptedException {
    heart.see(batch);
    var isBeatAwaited = exchange.isBeatAwaited();
    var beats = isBeatAwaited || heart.isDue();
    settle(store.write(batch, beats ? heart.beat() : null));
    sweep.sweepIfDue();
    if (isBeatAwaited) {
      sweep.sweepAtTheEnd();
      exchange.beatSent();
    }
  }

  private void settle(Result result) throws InterruptedException {
    metrics.acknowledged(result.written(), result.refused());
    reject(result.rejections());
    var storeId = result.storeIdOrNull();
    if (storeId != null && account.storeIs(storeId)) {
      LOG.error(
          "hot store was restarted, emptied or is another one: all users are written to it again");
      heart.hurry();
    }
    noteMarks(result.written());
    exchange.settle(result);
    if (result.trouble() == null) {
      askForRebuild();
      if (!kindsOfTrouble.isEmpty()) {
        LOG.info("hot store is back");
        kindsOfTrouble.clear();
      }
      backOff.reset();
    } else {
      heart.hurry();
      if (!exchange.isClosed() && kindsOfTrouble.add(result.trouble().kind())) {
        LOG.error(
            "hot store is in trouble, updates wait and are tried again: {}",
            result.trouble().message());
      }
      exchange.pause(backOff.next());
    }
  }

  private void noteMarks(List<HotUpdate> written) {
    for (var update : written) {
      if (update instanceof RebuildMark mark) {
        account.done(mark);
        heart.hurry();
        LOG.info("hot store was rebuilt with {} users, asked for by {}", mark.users(), mark.ids());
      }
    }
  }

  private void askForRebuild() {
    account
        .toAsk()
        .ifPresent(
            document -> {
              metrics.requested();
              heart.hurry();
              requests.ask(document);
            });
  }

  /** One line a batch, however many of its keys are of the wrong kind. */
  private void reject(List<String> rejections) {
    if (!rejections.isEmpty()) {
      metrics.rejected(rejections.size());
      LOG.error(
          "hot store dropped {} updates, the first because of {}",
          rejections.size(),
          rejections.get(0));
    }
  }

  private void fail(IOException why) {
    exchange.fail(why);
    onFailure.run();
  }
}
