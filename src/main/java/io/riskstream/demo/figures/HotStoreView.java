package io.riskstream.demo.figures;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** What a reader finds in the hot store, by the keys that are there for readers. */
public final class HotStoreView implements AutoCloseable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  private final RedisClient redis;

  public HotStoreView(URI redis) {
    this.redis = RedisClient.create(redis);
  }

  /** Returns the highest scores, such as {@code user-2 0.950000, user-34 0.800000}. */
  String highest(int atMost) {
    return ask(
        jedis ->
            jedis.zrevrangeWithScores("risk:top", 0, atMost - 1L).stream()
                .map(
                    user ->
                        String.format(Locale.ROOT, "%s %.6f", user.getElement(), user.getScore()))
                .collect(Collectors.joining(", ")),
        "unknown, Redis is away");
  }

  /** Returns the newest alerts by event time, a line each. */
  List<String> newestAlerts(int atMost) {
    return ask(
        jedis ->
            jedis.zrevrangeWithScores("risk:alerts", 0, atMost - 1L).stream()
                .map(
                    alert -> {
                      var key = "risk:alert:{" + alert.getElement() + "}";
                      var fields = jedis.hmget(key, "rule_id", "user_id", "score");
                      var time = Instant.ofEpochMilli((long) alert.getScore());
                      return "%s  %s  %s  %s"
                          .formatted(
                              TIME.format(time), fields.get(0), fields.get(1), fields.get(2));
                    })
                .toList(),
        List.of());
  }

  /**
   * Returns the newest aggregates of a window, such as {@code failed_login 120 by 31 users}, of
   * those types that have any.
   *
   * @param window size and slide, such as 1m/30s
   */
  String window(String window, List<String> eventTypes) {
    return ask(
        jedis ->
            eventTypes.stream()
                .flatMap(
                    type -> {
                      var key = "risk:window:{" + window + ":" + type + "}";
                      var fields = jedis.hmget(key, "count", "distinct_users");
                      return fields.get(0) == null
                          ? Stream.empty()
                          : Stream.of(
                              "%s %s by %s users".formatted(type, fields.get(0), fields.get(1)));
                    })
                .collect(Collectors.joining(", ")),
        "unknown, Redis is away");
  }

  @Override
  public void close() {
    redis.close();
  }

  private <T> T ask(Function<RedisClient, T> question, T whenAway) {
    try {
      return question.apply(redis);
    } catch (JedisException away) {
      return whenAway;
    }
  }
}
