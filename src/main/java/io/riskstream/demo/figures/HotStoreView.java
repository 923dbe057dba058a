package io.riskstream.demo.figures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/** What a reader finds in the hot store, by the keys that are there for readers. */
public final class HotStoreView implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};
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

  /** Returns the newest alerts by event time, a line each, with the score or window they judge. */
  List<String> newestAlerts(int atMost) {
    return ask(
        jedis ->
            jedis.zrevrange("risk:alerts", 0, atMost - 1L).stream()
                .map(id -> jedis.hgetAll("risk:alert:{" + id + "}"))
                // The job may take an alert out between the two questions.
                .filter(alert -> !alert.isEmpty())
                .map(HotStoreView::line)
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

  private static String line(Map<String, String> alert) {
    var time = Instant.ofEpochMilli(Long.parseLong(alert.get("event_time")));
    var judged = alert.containsKey("window") ? windowOf(alert) : alert.get("score");
    return "%s  %s  %s  %s"
        .formatted(TIME.format(time), alert.get("rule_id"), alert.get("user_id"), judged);
  }

  private static String windowOf(Map<String, String> alert) {
    try {
      var counts = JSON.readValue(alert.get("counts"), COUNTS);
      var events = counts.values().stream().mapToLong(Long::longValue).sum();
      return "%d events of %d types in %s".formatted(events, counts.size(), alert.get("window"));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("counts of alert " + alert.get("alert_id"), e);
    }
  }

  private <T> T ask(Function<RedisClient, T> question, T whenAway) {
    try {
      return question.apply(redis);
    } catch (JedisException away) {
      return whenAway;
    }
  }
}
