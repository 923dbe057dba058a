package io.riskstream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.KafkaConfig;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.manifest.Manifest;
import io.riskstream.manifest.SentRecord;
import io.riskstream.manifest.SentTopics;
import io.riskstream.model.ControlRecord;
import io.riskstream.model.Coordinates;
import io.riskstream.model.LedgerRow;
import io.riskstream.ops.VerificationResult.Conclusion;
import io.riskstream.ops.lake.QualityCheck;
import io.riskstream.reference.ReferenceInput;
import io.riskstream.reference.ReferenceModel;
import io.riskstream.reference.ReferenceSettings;
import io.riskstream.server.EmbeddedKafka;
import io.riskstream.server.EmbeddedRedis;
import io.riskstream.testkit.Configs;
import io.riskstream.testkit.SentStory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Verification passes what is exact, and finds and names each single thing that is not. */
class VerificationITCase {
  private static final long NOON = 1_767_268_800_000L; // 2026-01-01T12:00Z
  private static final ReferenceSettings SETTINGS =
      new ReferenceSettings(
          Configs.TIME.watermarkDelay().toMillis(),
          Configs.TIME.allowedLateness().toMillis(),
          Configs.TIME.maxFutureSkew().toMillis());
  private static final SentStory STORY = story();
  private static final Manifest MANIFEST = manifest(STORY.records(), true, 0);
  private static final String SENT = "sent=15 accepted=11 duplicate=1 late=1 dead_lettered=2 ";

  private static EmbeddedKafka kafka;
  private static EmbeddedRedis redis;
  private static final List<ControlRecord> CONTROL = new ArrayList<>();

  private WrittenOutputs outputs;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private String testName;
  private RiskstreamConfig written;

  @TempDir private Path lake;

  @BeforeAll
  static void startServers(@TempDir Path folder) throws Exception {
    kafka = new EmbeddedKafka(folder.resolve("kafka"), 0);
    redis = EmbeddedRedis.start(0);
    kafka.createTopic("events", 2);
    kafka.createTopic("user-profiles", 1);
    kafka.createTopic("control", 1);
    var bytes = new ByteArraySerializer();
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()), bytes, bytes)) {
      var sentRecords = new ArrayList<>(MANIFEST.records());
      sentRecords.addAll(MANIFEST.profiles());
      for (var sent : sentRecords) {
        var at = sent.coordinates();
        producer
            .send(new ProducerRecord<>(at.topic(), at.partition(), sent.key(), sent.value()))
            .get();
      }
      for (var told : STORY.control()) { // the broker's time is the one that counts
        var sent = producer.send(new ProducerRecord<>("control", 0, null, told.value())).get();
        CONTROL.add(
            new ControlRecord(
                new Coordinates("control", 0, sent.offset(), sent.timestamp()), told.value()));
      }
    }
  }

  @AfterAll
  static void stopServers() {
    redis.close();
    kafka.close();
  }

  @BeforeEach
  void writeFaultlessly(TestInfo test) {
    testName = test.getTestMethod().orElseThrow().getName();
    outputs =
        new WrittenOutputs(
            ReferenceModel.of(
                new ReferenceInput(STORY.records(), STORY.profiles(), CONTROL, List.of()),
                SETTINGS));
  }

  @Test
  void passesWhatIsExact() throws Exception {
    assertThat(verdict())
        .isEqualTo(
            "PASS "
                + SENT
                + "missing=0 double=0 different=0 redis_users=2 redis_top=1"
                + " redis_alerts=2 redis_stale=0 alerts=2 confirmed=2 withdrawn=0"
                + " windows=28 distinct_exact=true activity=4 profiles=2 quality_rows=3"
                + " rules_cut=exact balanced=true hours=2 sealed=3 unsealed=0 gaps=0");
  }

  @Test
  void findsARowMissingInTheLake() throws Exception {
    var removed = outputs.eventsOfSomeFolder().remove(0);
    assertThat(verdict()).contains("FAIL", "missing=1 double=0 different=0", "redis_stale=0");
    assertThat(printed()).contains("missing: events-1@" + removed.getOffset());
  }

  @Test
  void findsARowDoubleInTheLake() throws Exception {
    var rows = outputs.eventsOfSomeFolder();
    rows.add(rows.get(0));
    assertThat(verdict()).contains("FAIL", "missing=0 double=1 different=0");
    assertThat(printed())
        .contains("double: events-1@" + rows.get(0).getOffset(), "part-0.parquet row");
  }

  @Test
  void findsARowThatNobodySent() throws Exception {
    outputs.eventsOfSomeFolder().get(0).setOffset(99);
    assertThat(verdict()).contains("FAIL", "missing=1 double=0 different=1");
    assertThat(printed()).contains("unexpected: events-1@99");
  }

  @Test
  void findsAnEventThatSaysSomethingElse() throws Exception {
    outputs.eventsOfSomeFolder().get(0).setProperties(Map.of("page", "/other"));
    assertThat(verdict()).contains("FAIL", "missing=0 double=0 different=1");
    assertThat(printed()).contains("properties: expected {page=/}, found {page=/other}");
  }

  @Test
  void findsARowInTheWrongFolder() throws Exception {
    var folder = outputs.ledger.keySet().iterator().next();
    outputs.ledger.put(folder.replace("hour=12", "hour=13"), outputs.ledger.remove(folder));
    assertThat(verdict()).contains("FAIL", "missing=0 double=0 different=9");
    assertThat(printed()).contains("folder: expected " + folder + ", found");
  }

  @Test
  void findsAChangedDeltaInTheLedgerTwice() throws Exception {
    LedgerRow row = outputs.ledgerOfSomeFolder().get(3);
    row.setDelta(row.getDelta().add(new BigDecimal("0.000001")));
    assertThat(verdict()).contains("FAIL", "different=2");
    assertThat(printed())
        .contains(
            "delta: expected 0.100000, found 0.100001",
            "user alice: deltas sum to 0.900001, but the score after the last row is 0.900000");
  }

  @Test
  void findsAGapInAUsersLedger() throws Exception {
    outputs.ledgerOfSomeFolder().remove(2);
    assertThat(verdict()).contains("FAIL", "missing=1");
    assertThat(printed())
        .contains("missing: user alice event f2", "user alice: 8 rows, but sequence runs to 9");
  }

  @Test
  void findsAChangedValueInRedis() throws Exception {
    outputs.hashes.get("risk:user:{alice}").put("score", "0.900001");
    assertThat(verdict()).contains("FAIL", "redis_users=2", "redis_stale=1 ");
    assertThat(printed())
        .contains("risk:user:{alice} in Redis: score: expected 0.900000, found 0.900001");
  }

  @Test
  void findsProvenanceThatCannotBe() throws Exception {
    outputs.hashes.get("risk:user:{alice}").put("as_of", "17");
    outputs.hashes.get("risk:user:{bob}").put("version", "1-1-1-1");
    assertThat(verdict()).contains("FAIL", "redis_users=2", "redis_stale=2 ");
    assertThat(printed()).contains("as_of: expected ", "version: expected ");
  }

  @Test
  void findsAUserMissingInRedis() throws Exception {
    outputs.hashes.remove("risk:user:{bob}");
    assertThat(verdict()).contains("FAIL", "redis_users=1", "redis_stale=1 ");
    assertThat(printed()).contains("missing: risk:user:{bob}");
  }

  @Test
  void findsAUserInRedisWhoNeverWas() throws Exception {
    outputs.hashes.put("risk:user:{mallory}", Map.of("score", "0.000000"));
    assertThat(verdict()).contains("FAIL", "redis_users=3", "redis_stale=1 ");
    assertThat(printed()).contains("unexpected: risk:user:{mallory}");
  }

  @Test
  void findsAUserMissingInTheTop() throws Exception {
    outputs.top.remove("alice");
    assertThat(verdict()).contains("FAIL", "redis_top=0", "redis_stale=1 ");
    assertThat(printed()).contains("missing: alice");
  }

  @Test
  void findsAStaleScoreAndAStrangerInTheTop() throws Exception {
    outputs.top.put("alice", 0.8);
    outputs.top.put("bob", 0.9);
    assertThat(verdict()).contains("FAIL", "redis_top=2", "redis_stale=2 ");
    assertThat(printed())
        .contains("alice in risk:top: score: expected 0.9, found 0.8", "unexpected: bob");
  }

  @Test
  void findsAnAlertMissingInRedisAndInTheIndexOnly() throws Exception {
    var id = outputs.hotAlerts.keySet().iterator().next();
    outputs.alertIndex.remove(id);
    assertThat(verdict()).contains("FAIL", "redis_alerts=2", "redis_stale=1 ");
    assertThat(printed()).contains("missing: " + id + " in risk:alerts");
    outputs.hotAlerts.remove(id);
    assertThat(verdict(rewrittenHotStore(), MANIFEST))
        .contains("FAIL", "redis_alerts=1", "redis_stale=1 ");
    assertThat(printed()).contains("missing: risk:alert:{" + id + "}");
  }

  @Test
  void findsAnAlertInRedisThatSaysSomethingElseOrIsNobodys() throws Exception {
    var id = outputs.hotAlerts.keySet().iterator().next();
    outputs.hotAlerts.get(id).put("score", "0.7");
    outputs.hotAlerts.put("nobodys", Map.of("version", "0000000000-0000000000-0000000000"));
    outputs.alertIndex.put("nobodys", 1.0);
    assertThat(verdict()).contains("FAIL", "redis_alerts=3", "redis_stale=3 ");
    assertThat(printed())
        .contains(
            "found 0.7",
            "risk:alert:{nobodys} is no alert of the topic",
            "nobodys in risk:alerts is no alert of the topic");
  }

  @Test
  void missesNoAlertInRedisThatWasRaisedBeforeItWasEmptied() throws Exception {
    outputs.hotAlerts.clear();
    outputs.alertIndex.clear();
    outputs.pipeline.put("alerts_since", "4102444800000");
    assertThat(verdict()).contains("PASS", "redis_alerts=0", "redis_stale=0 ");
  }

  @Test
  void findsAPipelineThatIsDegradedOrBehindOrAbsent() throws Exception {
    outputs.pipeline.put("degraded", "1");
    outputs.pipeline.put("watermark", Long.toString(NOON));
    outputs.pipeline.remove("heartbeat");
    assertThat(verdict()).contains("FAIL", "redis_stale=3 ");
    assertThat(printed())
        .contains("degraded: expected 0, found 1", "watermark: expected ", "heartbeat: expected ");
    outputs.pipeline.clear();
    assertThat(verdict(rewrittenHotStore(), MANIFEST)).contains("FAIL", "redis_stale=1 ");
    assertThat(printed()).contains("missing: risk:pipeline");
  }

  @Test
  void findsAStepOfAnAlertMissingInItsTopicAndAnotherChanged() throws Exception {
    var removed = outputs.alerts.remove(1);
    outputs.alerts.get(0).put("event_id", "f8");
    assertThat(verdict()).contains("FAIL", "missing=1 double=0 different=1", "alerts=2");
    assertThat(printed())
        .contains("missing: alert " + removed.get("alert_id").asText(), "found \"f8\"");
  }

  @Test
  void findsAnswersToDocumentsMissingAndChanged() throws Exception {
    outputs.answers.get(0).put("cut", 17);
    outputs.answers.get(1).put("answer", "accepted");
    outputs.answers.remove(2);
    outputs.answers.add(outputs.answers.get(2));
    assertThat(verdict()).contains("FAIL", "missing=1 double=1 different=2", "rules_cut=wrong");
    assertThat(printed())
        .contains("control-0@0 in ", "found 17", "expected repeated", "missing: control-0@2");
  }

  @Test
  void findsStaleAndMissingAndUnknownWindowsInRedis() throws Exception {
    outputs.hotWindows.get("risk:window:{5m/1m:failed_login}").put("distinct_users", "2");
    outputs.hotWindows.remove("risk:window:{1m/30s:page_view}");
    outputs.hotWindows.put("risk:window:{5m/1m:nonsense}", Map.of("count", "1"));
    assertThat(verdict()).contains("FAIL", "redis_stale=3 ", "missing=0 double=0 different=0");
    assertThat(printed())
        .contains(
            "distinct_users: expected 1, found 2",
            "missing: risk:window:{1m/30s:page_view}",
            "unexpected: risk:window:{5m/1m:nonsense}");
  }

  @Test
  void findsThatRedisDoesNotShowTheLastRevisionOfAnAlert() throws Exception {
    var id = outputs.hotAlerts.keySet().iterator().next();
    outputs.hotAlerts.get(id).put("revision", "0");
    outputs.hotAlerts.get(id).put("status", "raised");
    assertThat(verdict()).contains("FAIL", "redis_stale=1 ");
    assertThat(printed()).contains("revision: expected 1, found 0");
  }

  @Test
  void concludesNothingWhereProfilesOrDocumentsAreNotThoseOfTheManifest() throws Exception {
    var config = written();
    var topics = new SentTopics("events", "user-profiles", "control");
    var noProfiles = new Manifest(topics, STORY.records(), List.of(), List.of(), true, 0);
    assertThat(verdict(config, noProfiles)).startsWith("INCONCLUSIVE");
    var document = new SentRecord(new Coordinates("control", 0, 2, 0), "", null, new byte[] {1});
    var otherDocument =
        new Manifest(topics, STORY.records(), STORY.profiles(), List.of(document), true, 0);
    assertThat(verdict(config, otherDocument)).startsWith("INCONCLUSIVE");
    assertThat(printed())
        .contains(
            "of topic user-profiles holds 2 records",
            "topic control does not hold the manifest's document of offset 2");
  }

  @Test
  void findsADeadLetterDouble() throws Exception {
    outputs.deadLetters.add(outputs.deadLetters.get(0));
    assertThat(verdict()).contains("FAIL", "missing=0 double=1 different=0");
    assertThat(printed()).contains("double: events-0@");
  }

  @Test
  void findsADeadLetterWithAnotherErrorAndAFieldTooMuch() throws Exception {
    outputs.deadLetters.get(0).put("error", "not-an-object").put("extra", 1);
    assertThat(verdict()).contains("FAIL", "missing=0 double=0 different=1");
    assertThat(printed())
        .contains(
            "error: expected conflicting-duplicate, found \"not-an-object\"",
            "extra: expected no such field");
  }

  @Test
  void readsNoHiddenFilesAndNamesVisibleOnesThatCannotBeRead() throws Exception {
    var config = written();
    var folder = lake.resolve("events").resolve(outputs.events.keySet().iterator().next());
    Files.writeString(folder.resolve(".part-1.parquet.inprogress.17"), "half");
    Files.writeString(folder.resolve("_SUCCESS"), "");
    assertThat(verdict(config, MANIFEST)).startsWith("PASS");
    Files.writeString(folder.resolve("part-2.parquet"), "half");
    Files.writeString(folder.resolve("part-3"), "half");
    assertThat(verdict(config, MANIFEST)).contains("FAIL", "missing=0 double=0 different=2");
    assertThat(printed()).contains("part-2.parquet cannot be read", "part-3 is visible, but");
  }

  @Test
  void concludesNothingFromAManifestThatDoesNotKnowAll() throws Exception {
    var config = written();
    var records = MANIFEST.records();
    assertThat(verdict(config, manifest(records, false, 0))).isEqualTo("INCONCLUSIVE sent=15");
    assertThat(verdict(config, manifest(records, true, 3))).startsWith("INCONCLUSIVE");
    assertThat(verdict(config, new Manifest("other", records, true, 0))).startsWith("INCONCLUSIVE");
    assertThat(printed())
        .contains("the manifest has no end", "3 sends were not acknowledged", "of topic other");

    var topic = testName + "-events";
    kafka.createTopic(topic, 1);
    var bytes = new ByteArraySerializer();
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()), bytes, bytes)) {
      producer.send(new ProducerRecord<>(topic, new byte[] {1})).get();
    }
    assertThat(verdict(withEventsTopic(config, topic), new Manifest(topic, List.of(), true, 0)))
        .isEqualTo("INCONCLUSIVE sent=0");
    assertThat(printed()).contains("holds 1 records that the manifest does not know");
  }

  @Test
  void concludesNothingWhereAServerCannotBeReached() throws Exception {
    var config = written();
    var noRedis = Configs.of(kafka.bootstrapServers(), "redis://127.0.0.1:1", lake);
    var withoutRedis =
        new RiskstreamConfig(
            config.kafka(),
            config.schemaRegistry(),
            config.source(),
            config.time(),
            config.activity(),
            config.rules(),
            config.profiles(),
            config.quality(),
            config.lake(),
            noRedis.hotStore(),
            config.job(),
            config.run());
    assertThat(verdict(withoutRedis, MANIFEST)).startsWith("INCONCLUSIVE sent=15 accepted=11");
    assertThat(printed()).contains("cannot be judged: Redis at 127.0.0.1:1");
    assertThat(verdict(withEventsTopic(config, "events-gone"), emptyManifest("events-gone")))
        .startsWith("INCONCLUSIVE");
    assertThat(printed()).contains("has no topic events-gone");
  }

  private static Manifest manifest(List<SentRecord> records, boolean complete, long failed) {
    return new Manifest(
        new SentTopics("events", "user-profiles", "control"),
        records,
        STORY.profiles(),
        List.of(),
        complete,
        failed);
  }

  private static Manifest emptyManifest(String topic) {
    return new Manifest(topic, List.of(), true, 0);
  }

  /** Alice in partition 0 raises an alert in each of two buckets, bob in partition 1 none. */
  private static SentStory story() {
    var story = new SentStory();
    for (int i = 0; i < 8; i++) {
      story.event(0, "alice", "f" + i, "failed_login", NOON + i);
    }
    story.event(0, "alice", "f0", "failed_login", NOON); // a duplicate
    story.event(0, "alice", "f1", "page_view", NOON + 1); // a conflicting one
    story.send(0, NOON + 9, "{");
    story.event(0, "alice", "next", "failed_login", NOON + 600_000);
    story.send(
        1,
        NOON + 9,
        """
        {"event_id":"b0","user_id":"bob","event_type":"page_view","timestamp":1767225600000,\
        "session_id":"s","value":12.5,"page":"/"}""");
    story.event(1, "bob", "b1", "page_view", NOON + 20);
    story.event(1, "bob", "late", "failed_login", NOON - 90_000_000, NOON + 21);
    story.profile(0, "alice", NOON - 1, "{\"country\":\"AT\"}");
    story.profile(0, "bob", NOON - 90_000_000, "{\"country\":\"CH\"}", NOON); // late
    var ruleset =
        "{\"kind\":\"ruleset\",\"id\":\"r\",\"version\":1,\"effective_from\":%d,"
            + "\"ruleset\":{\"version\":\"r-1\"}}";
    story.document(NOON, ruleset.formatted(NOON)); // moved
    story.document(NOON, ruleset.formatted(NOON)); // repeated
    story.document(NOON, "no document");
    story.document(NOON, "{\"kind\":\"hot-rebuild\",\"id\":\"h\",\"version\":1}");
    return story;
  }

  /** The outputs as they were written, but for the hot store's, which are written anew. */
  private RiskstreamConfig rewrittenHotStore() {
    outputs.writeHotStore(redis.uri());
    return written;
  }

  private RiskstreamConfig written() throws Exception {
    var config = Configs.of(kafka.bootstrapServers(), redis.uri().toString(), lake);
    var topics = config.kafka();
    var ownTopics =
        new KafkaConfig(
            topics.bootstrapServers(),
            topics.eventsTopic(),
            testName + "-alerts",
            testName + "-dead-letters",
            topics.controlTopic(),
            testName + "-status",
            topics.profilesTopic(),
            topics.groupId(),
            topics.transactionalIdPrefix(),
            topics.transactionTimeout(),
            topics.properties());
    kafka.createTopic(ownTopics.alertsTopic(), 1);
    kafka.createTopic(ownTopics.deadLettersTopic(), 2);
    kafka.createTopic(ownTopics.controlStatusTopic(), 1);
    outputs.measured(QualityCheck.expected(STORY.records(), config).rows()).writeLake(lake);
    outputs.writeTopics(ownTopics);
    outputs.writeHotStore(redis.uri());
    written =
        new RiskstreamConfig(
            ownTopics,
            config.schemaRegistry(),
            config.source(),
            config.time(),
            config.activity(),
            config.rules(),
            config.profiles(),
            config.quality(),
            config.lake(),
            config.hotStore(),
            config.job(),
            config.run());
    return written;
  }

  private static RiskstreamConfig withEventsTopic(RiskstreamConfig config, String topic) {
    var kafka = config.kafka();
    return new RiskstreamConfig(
        new KafkaConfig(
            kafka.bootstrapServers(),
            topic,
            kafka.alertsTopic(),
            kafka.deadLettersTopic(),
            kafka.controlTopic(),
            kafka.controlStatusTopic(),
            kafka.profilesTopic(),
            kafka.groupId(),
            kafka.transactionalIdPrefix(),
            kafka.transactionTimeout(),
            kafka.properties()),
        config.schemaRegistry(),
        config.source(),
        config.time(),
        config.activity(),
        config.rules(),
        config.profiles(),
        config.quality(),
        config.lake(),
        config.hotStore(),
        config.job(),
        config.run());
  }

  private String verdict() throws Exception {
    return verdict(written(), MANIFEST);
  }

  private String verdict(RiskstreamConfig config, Manifest manifest) {
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    var result = Verification.run(config, manifest, out);
    var line = new StringBuilder(result.conclusion().name());
    result
        .figures()
        .forEach((key, value) -> line.append(' ').append(key).append('=').append(value));
    assertThat(result.conclusion() == Conclusion.PASS)
        .isEqualTo(line.toString().startsWith("PASS"));
    return line.toString();
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
