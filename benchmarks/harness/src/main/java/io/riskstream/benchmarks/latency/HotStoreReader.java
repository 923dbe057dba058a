package io.riskstream.benchmarks.latency;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Response;

/**
 * Asks Redis for the users that have an open probe, as a service that decides on a user would, and
 * tells how many of its events each shows.
 */
final class HotStoreReader implements Observer.Look, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long PAUSE_MILLIS = 1;

  private final Jedis redis;
  private final OpenProbes probes;
  private final LongSupplier nanos;

  /**
   * @param probes by user
   * @param nanos since the start of the load
   */
  HotStoreReader(URI redis, OpenProbes probes, LongSupplier nanos) {
    int patienceMillis = (int) PATIENCE.toMillis();
    this.redis = new Jedis(redis, patienceMillis, patienceMillis);
    this.probes = probes;
    this.nanos = nanos;
  }

  @Override
  public void look() throws InterruptedException {
    var users = probes.toLookFor(nanos.getAsLong());
    if (users.isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      return;
    }
    var answers = new LinkedHashMap<String, Response<String>>();
    try (var pipeline = redis.pipelined()) {
      users.forEach(
          user -> answers.put(user, pipeline.hget("risk:user:{" + user + "}", "total_events")));
      pipeline.sync();
    }
    var now = nanos.getAsLong();
    answers.forEach(
        (user, answer) -> {
          var total = answer.get();
          if (total != null) {
            probes.seen(user, Long.parseLong(total), now);
          }
        });
  }

  @Override
  public void close() {
    redis.close();
  }
}
