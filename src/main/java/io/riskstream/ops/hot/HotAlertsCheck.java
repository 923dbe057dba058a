package io.riskstream.ops.hot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riskstream.config.HotStoreConfig;
import io.riskstream.ops.check.Differences;
import io.riskstream.ops.check.Findings;
import io.riskstream.ops.check.Findings.Kind;
import io.riskstream.ops.topics.PublishedAlert;
import io.riskstream.reference.Expected;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;

/**
 * Holds the alerts' hashes and their index in Redis against the alerts of the topic. Redis may lack
 * what is older than the retention, and what was raised before {@code alerts_since}, when it was
 * last emptied; whatever it has must be right.
 */
final class HotAlertsCheck {
  private static final String BEFORE_ID = "risk:alert:{";
  private static final String AFTER_ID = "}";
  private static final String INDEX = "risk:alerts";
  private static final Pattern VERSION = Pattern.compile("\\d{10}-\\d{10}-\\d{10}");

  /** Longest that an alert is on its way to its topic after it was raised. */
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);

  private static final int BATCH = 1_000;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Jedis jedis;
  private final HotStoreConfig hotStore;
  private final Map<String, PublishedAlert> published;
  private final Set<String> unordered;
  private final Set<String> possible = new HashSet<>();
  private final Findings findings = new Findings("hot store alerts");
  private long completeSinceMillis;

  /**
   * @param published the newest revision of each alert in the topic, by id
   */
  HotAlertsCheck(
      Jedis jedis,
      HotStoreConfig hotStore,
      Map<String, PublishedAlert> published,
      Expected expected) {
    this.jedis = jedis;
    this.hotStore = hotStore;
    this.published = published;
    // Before a restart, the records of several partitions may have arrived in another order.
    unordered = new HashSet<>(expected.scatteredUsers());
    expected.profiles().forEach(profile -> unordered.add(profile.userId()));
  }

  Findings findings() {
    var nowMillis = Long.parseLong(jedis.time().get(0)) * 1_000;
    var since = jedis.hget("risk:pipeline", "alerts_since");
    completeSinceMillis =
        Math.max(
            nowMillis - hotStore.alertRetention().toMillis(),
            since == null ? 0 : Long.parseLong(since) + ON_ITS_WAY.toMillis());
    var hashes = hashes();
    var index = new TreeMap<String, Double>();
    jedis
        .zrangeWithScores(INDEX, 0, -1)
        .forEach(alert -> index.put(alert.getElement(), alert.getScore()));
    hashes.forEach(this::checkHash);
    published.forEach(
        (id, alert) -> {
          if (!hashes.containsKey(id) && mustBeThere(alert)) {
            findings.add(Kind.MISSING, BEFORE_ID + id + AFTER_ID);
          }
        });
    checkIndex(index, hashes.keySet());
    return findings;
  }

  private void checkHash(String id, Map<String, String> hash) {
    findings.rowFound();
    var key = BEFORE_ID + id + AFTER_ID;
    var alert = published.get(id);
    if (alert == null) {
      if (unordered.contains(hash.get("user_id"))) {
        possible.add(id);
      } else {
        findings.add(Kind.UNEXPECTED, key + " is no alert of the topic");
      }
      return;
    }
    var differences = new ArrayList<String>();
    var unknown = new TreeSet<>(hash.keySet());
    for (var fields = alert.message().fields(); fields.hasNext(); ) {
      var field = fields.next();
      unknown.remove(field.getKey());
      if (!says(hash.get(field.getKey()), field.getValue())) {
        differences.add(
            Differences.difference(field.getKey(), field.getValue(), hash.get(field.getKey())));
      }
    }
    if (!unknown.remove("version") || !VERSION.matcher(hash.get("version")).matches()) {
      differences.add(Differences.difference("version", "a version", hash.get("version")));
    }
    unknown.forEach(
        field -> differences.add(Differences.difference(field, "no such field", hash.get(field))));
    if (!differences.isEmpty()) {
      findings.add(Kind.DIFFERENT, key + " in Redis: " + String.join("; ", differences));
    }
  }

  /** Every alert that is shown is in the index, unless it is older than all that fit there. */
  private void checkIndex(Map<String, Double> index, Set<String> shown) {
    var newest = index.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    var oldest = newest - hotStore.alertRetention().toMillis();
    var isFull = index.size() >= hotStore.alertIndexSize();
    var least = index.values().stream().mapToDouble(Double::doubleValue).min().orElse(0);
    for (var id : shown) {
      if (published.containsKey(id)) {
        var eventTime = published.get(id).message().path("event_time").asDouble();
        var found = index.get(id);
        var didNotFit = isFull && eventTime <= least;
        if (found == null && !didNotFit && eventTime >= oldest) {
          findings.add(Kind.MISSING, id + " in " + INDEX);
        } else if (found != null && found != eventTime) {
          findings.add(
              Kind.DIFFERENT,
              id + " in " + INDEX + ": " + Differences.difference("score", eventTime, found));
        }
      }
    }
    for (var id : index.keySet()) {
      if (!published.containsKey(id) && !possible.contains(id)) {
        findings.add(Kind.UNEXPECTED, id + " in " + INDEX + " is no alert of the topic");
      }
    }
    if (index.size() > hotStore.alertIndexSize()) {
      findings.add(Kind.UNEXPECTED, INDEX + " has more than " + hotStore.alertIndexSize());
    }
  }

  private boolean mustBeThere(PublishedAlert alert) {
    return alert.publishedMillis() >= completeSinceMillis;
  }

  private Map<String, Map<String, String>> hashes() {
    var hashes = new TreeMap<String, Map<String, String>>();
    var pattern = new ScanParams().match(BEFORE_ID + "*").count(BATCH);
    var cursor = ScanParams.SCAN_POINTER_START;
    do {
      var page = jedis.scan(cursor, pattern);
      for (var key : page.getResult()) {
        hashes.put(
            key.substring(BEFORE_ID.length(), key.length() - AFTER_ID.length()),
            jedis.hgetAll(key));
      }
      cursor = page.getCursor();
    } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    return hashes;
  }

  private static boolean says(String found, JsonNode wanted) {
    if (found == null || wanted.isNull()) {
      return found == null && wanted.isNull();
    }
    if (wanted.isContainerNode()) {
      return isJson(found, wanted);
    }
    try {
      return wanted.isNumber()
          ? new BigDecimal(found).compareTo(wanted.decimalValue()) == 0
          : found.equals(wanted.asText());
    } catch (NumberFormatException noNumber) {
      return false;
    }
  }

  private static boolean isJson(String found, JsonNode wanted) {
    try {
      return JSON.readTree(found).equals(wanted);
    } catch (JsonProcessingException noJson) {
      return false;
    }
  }
}
