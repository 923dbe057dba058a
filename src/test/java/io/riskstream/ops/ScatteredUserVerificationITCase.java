package io.riskstream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.ConfigLoader;
import io.riskstream.load.LoadRunner;
import io.riskstream.manifest.Manifest;
import io.riskstream.manifest.SentRecord;
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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * Verification where copies of an event stand in two partitions: either may have been accepted, but
 * one was, and what became of the other follows.
 */
class ScatteredUserVerificationITCase {
  private static final long NOON = 1_767_268_800_000L; // 2026-01-01T12:00Z
  private static final ReferenceSettings SETTINGS =
      new ReferenceSettings(
          Configs.TIME.watermarkDelay().toMillis(),
          Configs.TIME.allowedLateness().toMillis(),
          Configs.TIME.maxFutureSkew().toMillis());
  private static final List<SentRecord> SENT =
      new SentStory()
          .event(0, "u", "same", "failed_login", NOON)
          .event(0, "u", "other", "failed_login", NOON + 1)
          .event(1, "u", "same", "failed_login", NOON)
          .event(1, "u", "other", "page_view", NOON + 1)
          .records();

  @TempDir private static Path folder;
  private static EmbeddedKafka kafka;
  private static EmbeddedRedis redis;

  @TempDir private Path lake;

  @BeforeAll
  static void startServers() throws Exception {
    kafka = new EmbeddedKafka(folder.resolve("kafka"), 0);
    redis = EmbeddedRedis.start(0);
    kafka.createTopic("events", 2);
    for (var topic : List.of("user-profiles", "control", "control-status")) {
      kafka.createTopic(topic, 1);
    }
    try (var producer = LoadRunner.producer(kafka.bootstrapServers(), Map.of())) {
      for (var sent : SENT) {
        var partition = sent.coordinates().partition();
        producer.send(new ProducerRecord<>("events", partition, sent.key(), sent.value())).get();
      }
    }
  }

  @AfterAll
  static void stopServers() {
    redis.close();
    kafka.close();
  }

  @Test
  void passesWhicheverCopyWasAccepted(TestInfo test) throws Exception {
    assertThat(verify(test, outputs(2, 3))).startsWith("PASS");
  }

  @Test
  void findsBothCopiesInTheLake(TestInfo test) throws Exception {
    var outputs = outputs(0, 1);
    var copy = outputs(2, 1).eventsOfSomeFolder().get(1);
    assertThat(copy.getPartition()).isEqualTo(1);
    outputs.eventsOfSomeFolder().add(copy);
    assertThat(verify(test, outputs)).startsWith("FAIL").contains("different=1");
  }

  @Test
  void findsThatNoCopyIsInTheLake(TestInfo test) throws Exception {
    var outputs = outputs(0, 1);
    outputs.eventsOfSomeFolder().remove(0);
    assertThat(verify(test, outputs)).startsWith("FAIL").contains("missing=1");
  }

  @Test
  void findsADeadLetterOfTheCopyThatWasAccepted(TestInfo test) throws Exception {
    var outputs = outputs(0, 3);
    outputs.deadLetters.clear();
    outputs.deadLetters.addAll(outputs(0, 1).deadLetters);
    assertThat(verify(test, outputs)).startsWith("FAIL").contains("missing=1", "different=1");
  }

  @Test
  void findsALedgerThatFollowsFromTheCopyThatWasRefused(TestInfo test) throws Exception {
    var outputs = outputs(0, 3); // a page view, which moves no score
    outputs.ledger.putAll(outputs(0, 1).ledger);
    assertThat(verify(test, outputs)).startsWith("FAIL").contains("different=1");
  }

  /** What a faultless pipeline writes that accepted these of the records. */
  private static WrittenOutputs outputs(int... accepted) {
    var firsts = Arrays.stream(accepted).mapToObj(SENT::get).toList();
    return new WrittenOutputs(
        ReferenceModel.of(ReferenceInput.ofEvents(SENT).withFirsts(firsts), SETTINGS));
  }

  private String verify(TestInfo test, WrittenOutputs outputs) throws Exception {
    var name = test.getTestMethod().orElseThrow().getName();
    kafka.createTopic(name + "-alerts", 1);
    kafka.createTopic(name + "-dead-letters", 1);
    outputs.writeHotStore(redis.uri());
    var keys = new HashMap<String, String>();
    keys.put("kafka.bootstrap-servers", kafka.bootstrapServers());
    keys.put("kafka.alerts-topic", name + "-alerts");
    keys.put("kafka.dead-letters-topic", name + "-dead-letters");
    keys.put("hot-store.uri", redis.uri().toString());
    keys.put("lake.path", lake.toUri().toString());
    keys.put("time.watermark-delay", SETTINGS.watermarkDelayMillis() + " ms");
    keys.put("time.allowed-lateness", SETTINGS.allowedLatenessMillis() + " ms");
    var config = ConfigLoader.load(null, keys);
    outputs.measured(QualityCheck.expected(SENT, config).rows()).writeLake(lake);
    outputs.writeTopics(config.kafka());
    var printed = new ByteArrayOutputStream();
    var result =
        Verification.run(
            config,
            new Manifest("events", SENT, true, 0),
            new PrintStream(printed, true, StandardCharsets.UTF_8));
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("note: 2 event ids have records in several partitions");
    return (result.conclusion() == Conclusion.PASS ? "PASS " : "FAIL ") + result.figures();
  }
}
