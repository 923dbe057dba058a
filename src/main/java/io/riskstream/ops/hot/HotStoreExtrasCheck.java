package io.riskstream.ops.hot;

import io.riskstream.config.HotStoreConfig;
import io.riskstream.model.Micros;
import io.riskstream.model.WindowRow;
import io.riskstream.ops.check.Differences;
import io.riskstream.ops.check.ExactSet;
import io.riskstream.ops.check.Findings;
import io.riskstream.ops.check.Findings.Kind;
import io.riskstream.ops.check.UnreachableException;
import io.riskstream.ops.topics.PublishedAlert;
import io.riskstream.reference.Expected;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.resps.Tuple;

/**
 * Holds what Redis shows beside the users against what it must: the top against the final scores,
 * the alerts against their topic, and the pipeline's own word that nothing is missing.
 */
public final class HotStoreExtrasCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,19}");
  private static final String TOP = "risk:top";
  private static final String PIPELINE = "risk:pipeline";

  private final URI redis;

  public HotStoreExtrasCheck(HotStoreConfig hotStore) {
    redis = URI.create(hotStore.uri());
  }

  /** Exactly the users whose level is high, with their scores. */
  public Findings top(Map<String, Expected.User> users) throws IOException {
    var findings = new Findings("hot store top");
    var top =
        new ExactSet<String, Expected.User, Double>(
            findings, HotStoreExtrasCheck::differencesOfScore);
    users.values().stream()
        .filter(user -> user.level().equals("high"))
        .forEach(user -> top.expect(user.userId(), user));
    List<Tuple> members =
        ask(findings, TOP, jedis -> jedis.zrangeWithScores(TOP, 0, -1), List.of());
    members.forEach(member -> top.found(member.getElement(), member.getScore(), TOP));
    top.finish(always -> true);
    return findings;
  }

  /** The alerts of the topic, as far as Redis has to have them still. */
  public Findings alerts(HotStoreConfig hotStore, List<PublishedAlert> published, Expected expected)
      throws IOException {
    var newest = new TreeMap<String, PublishedAlert>();
    published.forEach(
        alert ->
            newest.merge(
                alert.alertId(),
                alert,
                (one, other) -> one.revision() > other.revision() ? one : other));
    return ask(
        new Findings("hot store alerts"),
        "risk:alert:*",
        jedis -> new HotAlertsCheck(jedis, hotStore, newest, expected).findings(),
        new Findings("hot store alerts"));
  }

  /** The newest window of each name and type. */
  public Findings windows(List<WindowRow> windows) throws IOException {
    return ask(
        new Findings("hot store windows"),
        "risk:window:*",
        jedis -> new HotWindowsCheck(jedis).findings(windows),
        new Findings("hot store windows"));
  }

  /** The pipeline says of itself that all is well, and that the last event has passed. */
  public Findings pipeline(Map<String, Expected.User> users, Duration watermarkDelay)
      throws IOException {
    var findings = new Findings("hot store pipeline");
    var hash = ask(findings, PIPELINE, jedis -> jedis.hgetAll(PIPELINE), Map.<String, String>of());
    if (hash.isEmpty()) {
      findings.add(Kind.MISSING, PIPELINE);
      return findings;
    }
    findings.rowFound();
    var newest =
        users.values().stream().mapToLong(Expected.User::lastActivityMillis).max().orElse(0);
    var leastWatermark = newest - watermarkDelay.toMillis();
    var conditions = new LinkedHashMap<String, String>();
    conditions.put("degraded", "0".equals(hash.get("degraded")) ? null : "0");
    conditions.put("heartbeat", isWhole(hash.get("heartbeat"), 1) ? null : "epoch milliseconds");
    conditions.put(
        "watermark",
        users.isEmpty() || isWhole(hash.get("watermark"), leastWatermark)
            ? null
            : leastWatermark + " or more");
    for (var field : List.of("rules_version", "epoch", "attempt", "code_version", "store")) {
      conditions.put(field, hash.containsKey(field) ? null : "something");
    }
    conditions.forEach(
        (field, expected) -> {
          if (expected != null) {
            findings.add(
                Kind.DIFFERENT,
                PIPELINE
                    + " in Redis: "
                    + Differences.difference(field, expected, hash.get(field)));
          }
        });
    return findings;
  }

  /** A key that holds another kind of value is a finding, and no reason to judge nothing. */
  private <T> T ask(Findings findings, String key, Function<Jedis, T> question, T otherwise)
      throws IOException {
    int patienceMillis = (int) PATIENCE.toMillis();
    try (var jedis = new Jedis(redis, patienceMillis, patienceMillis)) {
      return question.apply(jedis);
    } catch (JedisDataException otherKind) {
      findings.add(Kind.DIFFERENT, key + " in Redis: " + otherKind.getMessage());
      return otherwise;
    } catch (JedisException failed) {
      throw new UnreachableException("Redis at " + redis.getHost() + ":" + redis.getPort(), failed);
    }
  }

  private static List<String> differencesOfScore(Expected.User user, double found) {
    var score = Micros.toDecimal(user.scoreMicros()).doubleValue();
    return score == found ? List.of() : List.of(Differences.difference("score", score, found));
  }

  private static boolean isWhole(String found, long least) {
    return found != null && WHOLE.matcher(found).matches() && Long.parseLong(found) >= least;
  }
}
