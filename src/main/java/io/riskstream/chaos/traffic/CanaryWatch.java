package io.riskstream.chaos.traffic;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Reads the canary in the hot store, as a service that asks for a user does, and keeps the greatest
 * staleness. A store that does not answer shows nothing.
 */
public final class CanaryWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int PATIENCE_MILLIS = 500;

  private final RedisClient redis;
  private final String key;
  private final Staleness staleness = new Staleness();
  private final ScheduledExecutorService reader =
      Executors.newSingleThreadScheduledExecutor(CanaryWatch::thread);

  /**
   * Starts to read.
   *
   * @param redis itself, not by the road that the job takes to it
   */
  public CanaryWatch(URI redis, ScenarioLoad load) {
    var client =
        DefaultJedisClientConfig.builder()
            .connectionTimeoutMillis(PATIENCE_MILLIS)
            .socketTimeoutMillis(PATIENCE_MILLIS)
            .build();
    this.redis = RedisClient.builder().fromURI(redis).clientConfig(client).build();
    this.key = "risk:user:{" + load.canary() + "}";
    load.onCanary(timestamp -> staleness.acknowledged(timestamp, System.nanoTime()));
    var unused = // its task catches what can fail
        reader.scheduleWithFixedDelay(this::read, 0, POLL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Returns whether the store shows an event that was acknowledged after this moment. */
  public boolean showsSince(long nanos) {
    return staleness.showsSince(nanos);
  }

  /** Returns whether the store shows everything of the canary that was acknowledged. */
  public boolean showsAll() {
    return staleness.showsAll();
  }

  /** Returns the greatest age of an acknowledged event that the store did not show yet. */
  public double greatestSeconds() {
    return staleness.greatestNanos() / 1e9;
  }

  /** Returns the present age of the oldest event that the store does not show. */
  public double seconds() {
    return staleness.nowNanos(System.nanoTime()) / 1e9;
  }

  @Override
  public void close() {
    reader.shutdownNow();
    redis.close();
  }

  private void read() {
    try {
      var newest = redis.hget(key, "last_activity");
      if (newest != null) {
        staleness.shows(Long.parseLong(newest));
      }
    } catch (JedisException away) {
      // A store that does not answer shows nothing, which ages what it does not show.
    }
    var unused = staleness.nowNanos(System.nanoTime());
  }

  private static Thread thread(Runnable task) {
    var thread = new Thread(task, "chaos-canary");
    thread.setDaemon(true);
    return thread;
  }
}
