package io.riskstream.demo.figures;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The users with the highest scores in the hot store, among the busiest ones: a look at a few
 * hundred hashes in one round trip, not a scan of the store.
 */
public final class TopUsers implements AutoCloseable {
  private static final int LOOKED_AT = 300;

  /** A user and the score that Redis holds. */
  private record Scored(String userId, String score) {}

  private final SeenUsers seen;
  private final RedisClient redis;

  public TopUsers(URI redis, SeenUsers seen) {
    this.seen = seen;
    this.redis = RedisClient.create(redis);
  }

  /** Returns the highest scores, such as {@code user-2 0.950000, user-34 0.800000}. */
  String highest(int atMost) {
    try {
      return scores().stream()
          .sorted(Comparator.comparing(Scored::score).reversed())
          .limit(atMost)
          .map(user -> user.userId + " " + user.score)
          .collect(Collectors.joining(", "));
    } catch (JedisException away) {
      return "unknown, Redis is away";
    }
  }

  @Override
  public void close() {
    redis.close();
  }

  private List<Scored> scores() {
    var responses = new ArrayList<Map.Entry<String, Response<String>>>();
    try (var pipeline = redis.pipelined()) {
      for (var user : seen.busiest(LOOKED_AT)) {
        responses.add(Map.entry(user, pipeline.hget("risk:user:{" + user + "}", "score")));
      }
      pipeline.sync();
    }
    return responses.stream()
        .filter(entry -> entry.getValue().get() != null)
        .map(entry -> new Scored(entry.getKey(), entry.getValue().get()))
        .toList();
  }
}
