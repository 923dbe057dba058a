package io.riskstream.pipeline.law;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.ControlRecord;
import io.riskstream.model.Coordinates;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * An input drawn by its seed: events out of order, double and late over a few partitions, updates
 * of profiles, and documents whose cuts fall among the events. Small numbers all over, so that
 * ties, full buckets, and windows that share a border are common.
 */
final class RandomCase {
  static final long START = 1_767_225_600_000L;
  static final String EVENTS = "events";
  static final String PROFILES = "user-profiles";
  static final String CONTROL = "control";
  static final List<String> NAMED_TYPES = List.of("a", "b", "c", "d", "failed_login");
  static final long SKEW_MILLIS = 2_000;
  static final long GUARD_MILLIS = 1_000;
  static final long ACTIVITY_MILLIS = 30_000;
  static final String WINDOWS = "5m/1m, 20s/10s, 10s/5s";
  private static final long GRID_MILLIS = 500;

  private static final List<String> TYPES =
      List.of(
          "a",
          "b",
          "c",
          "d",
          "failed_login",
          "failed_login",
          "failed_login",
          "successful_login",
          "successful_login",
          "unheard-of");

  /** Told apart by their order in UTF-8, which is another one than that of Java's strings. */
  private static final List<String> ID_BEGINS = List.of("e", "e", "e", "\uff5e", "\ud83d\ude00");

  private static final List<String> COUNTRIES = List.of("DE", "FR", "BR");

  final int partitions;
  final int parallelism;
  final long delayMillis;
  final long latenessMillis;
  final long maxAgeMillis;
  final List<SentRecord> events = new ArrayList<>();
  final List<SentRecord> profiles = new ArrayList<>();
  final List<ControlRecord> documents = new ArrayList<>();

  private final Random random;
  private final Map<String, Long> offsets = new HashMap<>();
  private final int users;
  private final int count;
  private final long stepMillis;

  private RandomCase(long seed) {
    random = new Random(seed);
    partitions = 1 + random.nextInt(4);
    parallelism = 1 + random.nextInt(4);
    delayMillis = 1_000L * random.nextInt(15);
    latenessMillis = 1_000L * random.nextInt(25);
    maxAgeMillis = 1_000L * (5 + random.nextInt(60));
    users = 1 + random.nextInt(4);
    count = 50 + random.nextInt(250);
    stepMillis = 50 + (long) random.nextInt(400);
  }

  /** A case that was drawn once, by whatever way of drawing there was then. */
  RandomCase(
      int partitions,
      int parallelism,
      long delayMillis,
      long latenessMillis,
      long maxAgeMillis,
      List<SentRecord> events,
      List<SentRecord> profiles,
      List<ControlRecord> documents) {
    random = null;
    users = 0;
    count = 0;
    stepMillis = 0;
    this.partitions = partitions;
    this.parallelism = parallelism;
    this.delayMillis = delayMillis;
    this.latenessMillis = latenessMillis;
    this.maxAgeMillis = maxAgeMillis;
    this.events.addAll(events);
    this.profiles.addAll(profiles);
    this.documents.addAll(documents);
  }

  static RandomCase of(long seed) {
    var drawn = new RandomCase(seed);
    drawn.drawDocuments();
    drawn.drawEvents();
    drawn.drawProfiles();
    return drawn;
  }

  long spanMillis() {
    return count * stepMillis;
  }

  private void drawEvents() {
    var sent = new ArrayList<SentRecord>();
    for (var index = 0; index < count; index++) {
      long now = START + index * stepMillis;
      if (!sent.isEmpty() && random.nextInt(12) == 0) {
        var again = sent.get(random.nextInt(sent.size()));
        add(events, EVENTS, again.coordinates().partition(), now, perhapsAnother(again.value()));
        continue;
      }
      var user = "u" + random.nextInt(users);
      var partition = partitionOf(user);
      var json =
          "{\"event_id\":\"%s%d\",\"user_id\":\"%s\",\"event_type\":\"%s\",\"timestamp\":%d%s%s%s}"
              .formatted(
                  ID_BEGINS.get(random.nextInt(ID_BEGINS.size())),
                  index,
                  user,
                  TYPES.get(random.nextInt(TYPES.size())),
                  jittered(now),
                  random.nextInt(3) == 0
                      ? ""
                      : ",\"value\":" + (random.nextInt(200_001) - 100_000) / 1e3,
                  random.nextInt(3) > 0
                      ? ""
                      : ",\"session_id\":\"s%d\"".formatted(random.nextInt(2)),
                  random.nextBoolean()
                      ? ""
                      : ",\"properties\":{\"channel\":\"c%d\"}".formatted(random.nextInt(2)));
      sent.add(add(events, EVENTS, partition, now, bytes(json)));
    }
  }

  /** Most in order, some within the wait, some behind it; on a grid, so that times are equal. */
  private long jittered(long now) {
    long wait = delayMillis + latenessMillis;
    long back =
        switch (random.nextInt(10)) {
          case 0, 1 -> random.nextInt((int) delayMillis + 1);
          case 2 -> random.nextInt((int) wait + 1);
          case 3 -> random.nextInt(2 * (int) wait + 1);
          default -> 0;
        };
    return onGrid(now - back);
  }

  private static long onGrid(long millis) {
    return Math.floorDiv(millis, GRID_MILLIS) * GRID_MILLIS;
  }

  /** A duplicate, or once in a while an event of the same id and time that says something else. */
  private byte[] perhapsAnother(byte[] value) {
    return random.nextInt(6) > 0
        ? value
        : bytes(new String(value, StandardCharsets.UTF_8).replaceFirst("[}]$", ",\"more\":true}"));
  }

  private void drawProfiles() {
    int updates = random.nextInt(60);
    for (var index = 0; index < updates; index++) {
      long now = START + (long) index * spanMillis() / updates;
      var user = "u" + random.nextInt(users);
      var json =
          "{\"user_id\":\"%s\",\"timestamp\":%d,\"attributes\":{\"country\":\"%s\"%s}}"
              .formatted(
                  user,
                  jittered(now),
                  COUNTRIES.get(random.nextInt(COUNTRIES.size())),
                  random.nextBoolean() ? "" : ",\"tier\":" + random.nextInt(2));
      add(profiles, PROFILES, partitionOf(user), now, bytes(json));
    }
  }

  private void drawDocuments() {
    int drawn = random.nextInt(14);
    for (var index = 0; index < drawn; index++) {
      long now = onGrid(START - 10_000 + (long) index * (spanMillis() + 10_000) / drawn);
      var document =
          documents.isEmpty() || random.nextInt(10) > 0
              ? bytes(document(index, now))
              : documents.get(random.nextInt(documents.size())).value();
      var coordinates = new Coordinates(CONTROL, 0, index, now);
      documents.add(new ControlRecord(coordinates, document));
    }
  }

  private String document(int index, long now) {
    var from =
        switch (random.nextInt(3)) {
          case 0 -> "";
          case 1 -> ",\"effective_from\":" + (now - 5_000);
          default -> ",\"effective_from\":" + onGrid(now + random.nextInt(20_000));
        };
    return switch (random.nextInt(10)) {
      case 0, 1, 2 ->
          "{\"kind\":\"ruleset\",\"id\":\"main\",\"version\":%d%s,\"ruleset\":%s}"
              .formatted(index, from, ruleset("r" + index));
      case 3 ->
          "{\"kind\":\"rule-disabled\",\"id\":\"%s\",\"version\":%d%s,\"rule_id\":\"%s\",\"reason\":\"\"}"
              .formatted("d", index, from, ruleId());
      case 4, 5, 6, 7 ->
          "{\"kind\":\"suppression\",\"id\":\"s%d\",\"version\":%d%s,\"user_id\":%s,\"rule_id\":\"%s\",\"from\":%d,\"until\":%d,\"reason\":\"\"}"
              .formatted(
                  random.nextInt(2),
                  index,
                  from,
                  random.nextBoolean() ? "null" : "\"u0\"",
                  ruleId(),
                  now - 10_000,
                  onGrid(now + 3_000 + random.nextInt(20_000)) - random.nextInt(2));
      case 8 ->
          "{\"kind\":\"dimension\",\"id\":\"region\",\"version\":%d%s,\"attribute\":\"country\",\"values\":{\"DE\":\"EU\",\"FR\":\"%s\"}}"
              .formatted(index, from, random.nextBoolean() ? "EU" : "West");
      default ->
          "{\"kind\":\"ruleset\",\"id\":\"main\",\"version\":%d,\"ruleset\":{\"version\":\"bad\",\"rules\":[{\"id\":\"x\",\"on\":[\"a\"],\"condition\":\"nothing > 1\"}]}}"
              .formatted(index);
    };
  }

  private String ruleId() {
    return List.of("high-score", "event-burst", "own-score", "own-score", "own-score", "own-window")
        .get(random.nextInt(6));
  }

  private String ruleset(String version) {
    var weights =
        "{\"failed_login\":%s,\"successful_login\":%s,\"%s\":%s}"
            .formatted(
                (1 + random.nextInt(7)) / 20.0,
                -random.nextInt(10) / 20.0,
                random.nextBoolean() ? "a" : "unheard-of",
                (random.nextInt(11) - 5) / 20.0);
    var clamps = random.nextInt(3) == 0 ? "\"clamps\":{\"floor\":0.1,\"ceiling\":0.9}," : "";
    var levels =
        random.nextBoolean()
            ? "\"levels\":[{\"name\":\"calm\",\"from\":0},{\"name\":\"hot\",\"from\":0.45}],"
            : "";
    return "{\"version\":\"%s\",\"weights\":%s,%s%s\"rules\":[%s,%s,%s]}"
        .formatted(version, weights, clamps, levels, highScore(), eventRule(), windowRule());
  }

  private String highScore() {
    return "{\"id\":\"high-score\",\"on\":[\"failed_login\"],\"condition\":\"score_after >= 0.7\",\"cool-down\":\"%ds\"}"
        .formatted(10 + random.nextInt(50));
  }

  private String eventRule() {
    var condition =
        List.of(
                "score_after >= 0.6",
                "score_after > 0.5 && score_before <= 0.5",
                "has_profile && profile[\\\"country\\\"] == \\\"DE\\\" && score_after >= 0.4",
                "\\\"region\\\" in dimensions && dimensions[\\\"region\\\"] == \\\"EU\\\"",
                "event.value > 10.0 || event.properties[\\\"channel\\\"] == \\\"c1\\\"",
                "event.session_id == \\\"s1\\\" && profile[\\\"tier\\\"] != \\\"0\\\"",
                "!event.has_value && score_after < score_before",
                "event.type != \\\"\\\"",
                "event.type != \\\"\\\"")
            .get(random.nextInt(9));
    return "{\"id\":\"own-score\",\"on\":[\"failed_login\",\"%s\"],\"condition\":\"%s\",\"cool-down\":\"%ds\"%s}"
        .formatted(
            random.nextBoolean() ? "successful_login" : "c",
            condition,
            5 + random.nextInt(30),
            mode());
  }

  private String windowRule() {
    var condition =
        List.of(
                "count > 6",
                "count < 4",
                "size(types) > 2 && \\\"failed_login\\\" in counts",
                "counts[\\\"a\\\"] >= 2",
                "session.end - session.start > duration(\\\"4s\\\") && has_profile")
            .get(random.nextInt(5));
    return "{\"id\":\"own-window\",\"window\":\"%s\",\"condition\":\"%s\",\"cool-down\":\"%ds\"%s}"
        .formatted(
            random.nextBoolean() ? "20s/10s" : "10s/5s", condition, 5 + random.nextInt(30), mode());
  }

  private String mode() {
    return random.nextInt(3) == 0 ? ",\"mode\":\"shadow\"" : "";
  }

  private int partitionOf(String user) {
    return random.nextInt(20) == 0
        ? random.nextInt(partitions)
        : Math.floorMod(user.hashCode(), partitions);
  }

  private SentRecord add(
      List<SentRecord> records, String topic, int partition, long now, byte[] value) {
    long offset = offsets.merge(topic + partition, 1L, Long::sum) - 1;
    var record =
        new SentRecord(new Coordinates(topic, partition, offset, now), "drawn", null, value);
    records.add(record);
    return record;
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
