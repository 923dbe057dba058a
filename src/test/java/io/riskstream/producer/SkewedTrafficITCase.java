package io.riskstream.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.ConfigLoader;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.demo.figures.ConsumerProgress;
import io.riskstream.load.LoadPlan;
import io.riskstream.load.LoadRunner;
import io.riskstream.load.LoadSettings;
import io.riskstream.load.LoadShares;
import io.riskstream.manifest.Manifest;
import io.riskstream.manifest.ManifestWriter;
import io.riskstream.ops.Verification;
import io.riskstream.ops.VerificationResult.Conclusion;
import io.riskstream.pipeline.PipelineJob;
import io.riskstream.server.EmbeddedKafka;
import io.riskstream.server.EmbeddedRedis;
import io.riskstream.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * The same events by key and spread, each through the whole pipeline: the results are the same.
 *
 * <p>The plan has no late events, and none that come near to being late: late is what lies behind
 * the newest event <em>of its partition</em>, so that which events are late depends on where they
 * stand, near the edge. Here the oldest event lies some seconds behind the newest of all, and the
 * pipeline waits for a minute.
 *
 * <p>Not compared is what says how a result came about: coordinates, versions, and which of two
 * records with one id and different content was accepted and which refused. That is why the plan's
 * conflicting duplicates differ in a property only.
 */
@Timeout(240)
class SkewedTrafficITCase {
  private static final int PARTITIONS = 8;
  private static final int COUNT = 12_000;
  private static final double BOUND = 1.3;

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void startKafka() throws Exception {
    kafka = new EmbeddedKafka(folder.resolve("kafka"), 0);
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  /** What readers get, whatever the way. */
  private record Results(
      List<String> events, List<String> ledger, Map<String, List<String>> users) {}

  @Test
  void aHotUserSpreadOverPartitionsGivesTheResultsOfKeyPartitioning() throws Exception {
    var settings = settings();
    try (var redis = EmbeddedRedis.start(0);
        var otherRedis = EmbeddedRedis.start(0)) {
      var byKey = config("by-key", redis);
      var spread = config("spread", otherRedis);
      send(settings, byKey, Map.of());
      send(
          settings,
          spread,
          Map.of(ProducerConfig.PARTITIONER_CLASS_CONFIG, SkewAwarePartitioner.class.getName()));
      assertThat(largestOverMean(byKey)).as("by key").isGreaterThan(BOUND);
      assertThat(largestOverMean(spread)).as("spread").isLessThanOrEqualTo(BOUND);

      var expected = run(byKey);
      var found = run(spread);

      assertThat(expected.events()).hasSizeGreaterThan(COUNT / 2).doesNotHaveDuplicates();
      assertThat(expected.ledger()).isNotEmpty();
      assertThat(found.events()).isEqualTo(expected.events());
      assertThat(found.ledger()).isEqualTo(expected.ledger());
      assertThat(found.users()).isEqualTo(expected.users()).containsKey(HotUserPlan.USER);
    }
  }

  private static LoadSettings settings() {
    return new LoadSettings(
        4_000,
        COUNT,
        400,
        0,
        11,
        System.currentTimeMillis(),
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        new LoadShares(0.02, 0.005, 0.1, 0, 0, 0));
  }

  private static RiskstreamConfig config(String name, EmbeddedRedis redis) {
    var keys = new HashMap<String, String>();
    keys.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    keys.put("kafka.events-topic", name + "-events");
    keys.put("kafka.alerts-topic", name + "-alerts");
    keys.put("kafka.dead-letters-topic", name + "-dead-letters");
    keys.put("kafka.control-topic", name + "-control");
    keys.put("kafka.control-status-topic", name + "-control-status");
    keys.put("kafka.profiles-topic", name + "-profiles");
    keys.put("kafka.group-id", name);
    keys.put("kafka.transactional-id-prefix", name);
    keys.put("hot-store.uri", redis.uri().toString());
    keys.put("lake.path", folder.resolve(name).toUri().toString());
    keys.put("time.watermark-delay", "20 s");
    keys.put("time.allowed-lateness", "40 s");
    keys.put("flink.parallelism.default", "2");
    keys.put("flink.execution.checkpointing.interval", "1 s");
    keys.put(
        "flink.execution.checkpointing.dir", folder.resolve(name + "-state").toUri().toString());
    return ConfigLoader.load(null, keys);
  }

  private static void send(
      LoadSettings settings, RiskstreamConfig config, Map<String, String> properties)
      throws Exception {
    var topic = config.kafka().eventsTopic();
    kafka.createTopic(topic, PARTITIONS);
    kafka.createTopic(config.kafka().alertsTopic(), 1);
    kafka.createTopic(config.kafka().deadLettersTopic(), 1);
    kafka.createTopic(config.kafka().controlTopic(), 1);
    kafka.createTopic(config.kafka().controlStatusTopic(), 1);
    kafka.createTopic(config.kafka().profilesTopic(), 1);
    try (var producer = LoadRunner.producer(kafka.bootstrapServers(), properties);
        var manifest = ManifestWriter.create(manifest(config), topic, settings.describe())) {
      var plan = new HotUserPlan(new LoadPlan(settings));
      assertThat(new LoadRunner(producer, topic, manifest).run(plan).isComplete()).isTrue();
    }
  }

  private static double largestOverMean(RiskstreamConfig config) throws Exception {
    var counts = new int[PARTITIONS];
    for (var sent : Manifest.read(manifest(config)).records()) {
      counts[sent.coordinates().partition()]++;
    }
    var largest = 0;
    for (var count : counts) {
      largest = Math.max(largest, count);
    }
    return largest * (double) PARTITIONS / COUNT;
  }

  private static Results run(RiskstreamConfig config) throws Exception {
    var environment =
        StreamExecutionEnvironment.getExecutionEnvironment(config.job().flink().clone());
    PipelineJob.define(environment, config);
    var job = environment.executeAsync();
    try (var progress =
        new ConsumerProgress(
            kafka.bootstrapServers(),
            config.kafka().eventsTopic(),
            PARTITIONS,
            config.kafka().groupId())) {
      Await.until("everything sent is in a checkpoint", () -> lag(progress) == 0);
    }
    var savepoints = folder.resolve("savepoints").toUri().toString();
    job.stopWithSavepoint(true, savepoints, SavepointFormatType.CANONICAL)
        .get(60, TimeUnit.SECONDS);
    job.getJobExecutionResult().get(60, TimeUnit.SECONDS);

    var printed = new ByteArrayOutputStream();
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    var verified = Verification.run(config, Manifest.read(manifest(config)), out);
    assertThat(verified.conclusion())
        .as(printed.toString(StandardCharsets.UTF_8))
        .isEqualTo(Conclusion.PASS);
    return new Results(
        rows(config, "events", "user_id, event_id, event_type, timestamp, late", "user_id"),
        rows(config, "ledger", "* exclude (year, month, day, hour)", "user_id, sequence"),
        users(config));
  }

  private static long lag(ConsumerProgress progress) {
    try {
      return progress.lag();
    } catch (Exception unanswered) { // the admin client's own kinds, all fatal to the test
      throw new AssertionError(unanswered);
    }
  }

  /** As an outside reader gets them. */
  private static List<String> rows(
      RiskstreamConfig config, String dataset, String columns, String order) throws Exception {
    var files = Path.of(URI.create(config.lake().path())).resolve(dataset) + "/**/*.parquet";
    var rows = new ArrayList<String>();
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "select (r)::varchar from (select %s from '%s' order by %s) r order by 1"
                    .formatted(columns, files, order))) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }

  private static Map<String, List<String>> users(RiskstreamConfig config) {
    var users = new TreeMap<String, List<String>>();
    try (var redis = new Jedis(URI.create(config.hotStore().uri()))) {
      for (var key : redis.keys("risk:user:*")) {
        var id = key.substring("risk:user:{".length(), key.length() - 1);
        users.put(
            id, redis.hmget(key, "score", "level", "total_events", "first_seen", "last_activity"));
      }
    }
    return users;
  }

  private static Path manifest(RiskstreamConfig config) {
    return folder.resolve(config.kafka().eventsTopic() + ".manifest");
  }
}
