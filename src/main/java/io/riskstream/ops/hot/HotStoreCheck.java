package io.riskstream.ops.hot;

import io.riskstream.model.Micros;
import io.riskstream.ops.check.Differences;
import io.riskstream.ops.check.ExactSet;
import io.riskstream.ops.check.Findings;
import io.riskstream.ops.check.Findings.Kind;
import io.riskstream.ops.check.UnreachableException;
import io.riskstream.reference.Expected;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ScanParams;

/** Holds every user's hash in Redis against the reference model, field by field. */
public final class HotStoreCheck {
  private static final String KEY_BEFORE_ID = "risk:user:{";
  private static final String KEY_AFTER_ID = "}";
  private static final int BATCH = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private HotStoreCheck() {}

  public static Findings users(URI redis, Map<String, Expected.User> expected) throws IOException {
    var findings = new Findings("hot store");
    var users =
        new ExactSet<String, Expected.User, Map<String, String>>(
            findings, HotStoreCheck::differences);
    expected.forEach((userId, user) -> users.expect(KEY_BEFORE_ID + userId + KEY_AFTER_ID, user));
    int patienceMillis = (int) PATIENCE.toMillis();
    try (var jedis = new Jedis(redis, patienceMillis, patienceMillis)) {
      var keys = new ArrayList<>(keys(jedis));
      for (int from = 0; from < keys.size(); from += BATCH) {
        read(jedis, keys.subList(from, Math.min(from + BATCH, keys.size())), users, findings);
      }
    } catch (JedisException failed) {
      throw new UnreachableException("Redis at " + redis.getHost() + ":" + redis.getPort(), failed);
    }
    users.finish(always -> true);
    return findings;
  }

  /** A scan may give a key more than once. */
  private static Set<String> keys(Jedis jedis) {
    var keys = new TreeSet<String>();
    var pattern = new ScanParams().match("risk:user:*").count(BATCH);
    var cursor = ScanParams.SCAN_POINTER_START;
    do {
      var page = jedis.scan(cursor, pattern);
      keys.addAll(page.getResult());
      cursor = page.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    return keys;
  }

  private static void read(
      Jedis jedis,
      List<String> keys,
      ExactSet<String, Expected.User, Map<String, String>> users,
      Findings findings) {
    var answers = new LinkedHashMap<String, Response<Map<String, String>>>();
    try (var pipeline = jedis.pipelined()) {
      keys.forEach(key -> answers.put(key, pipeline.hgetAll(key)));
      pipeline.sync();
    }
    answers.forEach(
        (key, answer) -> {
          try {
            users.found(key, answer.get(), "Redis");
          } catch (JedisDataException noHash) {
            findings.rowFound();
            findings.add(Kind.UNEXPECTED, key + " is no hash");
          }
        });
  }

  private static List<String> differences(Expected.User user, Map<String, String> hash) {
    var differences = new ArrayList<String>();
    exactly(user)
        .forEach(
            (field, value) -> {
              if (!value.equals(hash.get(field))) {
                differences.add(Differences.difference(field, value, hash.get(field)));
              }
            });
    for (var condition : Provenance.of(user)) {
      if (!condition.holds().test(hash.getOrDefault(condition.field(), ""))) {
        differences.add(
            Differences.difference(
                condition.field(), condition.says(), hash.get(condition.field())));
      }
    }
    var known = new TreeSet<>(hash.keySet());
    known.removeAll(exactly(user).keySet());
    Provenance.of(user).forEach(condition -> known.remove(condition.field()));
    known.forEach(
        field -> differences.add(Differences.difference(field, "no such field", hash.get(field))));
    return differences;
  }

  /** The fields that follow from what was sent. */
  private static Map<String, String> exactly(Expected.User user) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("score", Micros.toDecimal(user.scoreMicros()).toPlainString());
    fields.put("level", user.level());
    fields.put("total_events", Long.toString(user.totalEvents()));
    fields.put("first_seen", Long.toString(user.firstSeenMillis()));
    fields.put("last_activity", Long.toString(user.lastActivityMillis()));
    fields.put("rules_version", user.rulesVersion());
    fields.put("final", "1");
    return fields;
  }
}
