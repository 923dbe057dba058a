package io.riskstream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.HotStoreConfig;
import io.riskstream.config.KafkaConfig;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.manifest.Manifest;
import io.riskstream.manifest.SentRecord;
import io.riskstream.manifest.SentTopics;
import io.riskstream.model.ControlRecord;
import io.riskstream.model.Coordinates;
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
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What was sent, faultless outputs of it, and the verdict on them; each test spoils something. */
abstract class VerificationStory {
  static final long NOON = 1_767_268_800_000L; // 2026-01-01T12:00Z
  private static final ReferenceSettings SETTINGS =
      new ReferenceSettings(
          Configs.TIME.watermarkDelay().toMillis(),
          Configs.TIME.allowedLateness().toMillis(),
          Configs.TIME.maxFutureSkew().toMillis());
  static final SentStory STORY = story();
  static final Manifest MANIFEST = manifest(STORY.records(), true, 0);
  static final String SENT = "sent=15 accepted=11 duplicate=1 late=1 dead_lettered=2 ";

  static EmbeddedKafka kafka;
  static EmbeddedRedis redis;
  private static final List<ControlRecord> CONTROL = new ArrayList<>();

  WrittenOutputs outputs;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  String testName;
  private RiskstreamConfig written;

  @TempDir Path lake;

  @BeforeAll
  static void startServers(@TempDir Path folder) throws Exception {
    kafka = new EmbeddedKafka(folder.resolve("kafka"), 0);
    redis = EmbeddedRedis.start(0);
    kafka.createTopic("events", 2);
    kafka.createTopic("user-profiles", 1);
    kafka.createTopic("control", 1);
    CONTROL.clear(); // of the class before
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

  static Manifest manifest(List<SentRecord> records, boolean complete, long failed) {
    return new Manifest(
        new SentTopics("events", "user-profiles", "control"),
        records,
        STORY.profiles(),
        List.of(),
        complete,
        failed);
  }

  static Manifest emptyManifest(String topic) {
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
  RiskstreamConfig rewrittenHotStore() {
    outputs.writeHotStore(redis.uri());
    return written;
  }

  RiskstreamConfig written() throws Exception {
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
    written = with(config, ownTopics, config.hotStore());
    return written;
  }

  /** Returns the configuration with another Kafka and Redis. */
  static RiskstreamConfig with(
      RiskstreamConfig config, KafkaConfig kafka, HotStoreConfig hotStore) {
    return new RiskstreamConfig(
        kafka,
        config.schemaRegistry(),
        config.source(),
        config.time(),
        config.activity(),
        config.rules(),
        config.profiles(),
        config.quality(),
        config.lake(),
        hotStore,
        config.job(),
        config.run());
  }

  static RiskstreamConfig withEventsTopic(RiskstreamConfig config, String topic) {
    var kafka = config.kafka();
    return with(
        config,
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
        config.hotStore());
  }

  String verdict() throws Exception {
    return verdict(written(), MANIFEST);
  }

  String verdict(RiskstreamConfig config, Manifest manifest) {
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

  String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
