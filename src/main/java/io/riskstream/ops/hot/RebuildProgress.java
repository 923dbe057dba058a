package io.riskstream.ops.hot;

import io.riskstream.ops.check.UnreachableException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** Watches, by what the running job says of itself in Redis, whether a rebuild has come through. */
public final class RebuildProgress {
  private static final String PIPELINE = "risk:pipeline";
  private static final String WRITERS = "{risk:pipeline}:writers";
  private static final int PATIENCE_MILLIS = 5_000;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final URI redis;

  public RebuildProgress(URI redis) {
    this.redis = redis;
  }

  /**
   * Waits until every writer of the job has brought the rebuild to its end, or the time is over.
   *
   * @return whether it has come through
   * @throws IOException if Redis is out of reach all the time
   */
  public boolean await(String id, Duration atMost) throws IOException {
    var deadlineNanos = System.nanoTime() + atMost.toNanos();
    JedisException away = null;
    var wasReached = false;
    while (true) {
      try (var jedis = new Jedis(redis, PATIENCE_MILLIS, PATIENCE_MILLIS)) {
        if (isThrough(jedis, id)) {
          return true;
        }
        wasReached = true;
      } catch (JedisException unreachable) {
        away = unreachable;
      }
      if (System.nanoTime() >= deadlineNanos) {
        if (!wasReached) {
          throw new UnreachableException(
              "Redis at " + redis.getHost() + ":" + redis.getPort(), away);
        }
        return false;
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  private static boolean isThrough(Jedis jedis, String id) {
    var writers = jedis.hget(PIPELINE, "writers");
    if (writers == null) {
      return false;
    }
    for (var writer = 0; writer < Integer.parseInt(writers); writer++) {
      var rebuilds = jedis.hget(WRITERS, writer + ":rebuilds");
      if (rebuilds == null || !Arrays.asList(rebuilds.split(" ")).contains(id)) {
        return false;
      }
    }
    return true;
  }
}
