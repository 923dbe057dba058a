package io.riskstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.Dimension;
import io.riskstream.model.RuleDisabled;
import io.riskstream.model.RulesetDocument;
import io.riskstream.rules.document.DocumentJson;
import io.riskstream.server.EmbeddedKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code rules} and {@code dimensions} as they are typed, on a real broker. */
@Timeout(120)
class RulesCommandsITCase {
  private static final String GOOD =
      """
      version: "mine-1"
      weights: {failed_login: 0.1}
      rules:
        - id: burst
          window: 5m/1m
          condition: count > 50
        - id: shy
          on: [purchase]
          condition: |
            event.value >
              100.0
          mode: shadow
      """;

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;
  private static int topics;
  private String control;
  private String status;

  @BeforeAll
  static void startKafka() throws Exception {
    kafka = new EmbeddedKafka(folder.resolve("kafka"), 0);
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @BeforeEach
  void createTopics() throws IOException {
    topics++;
    control = "control-" + topics;
    status = "status-" + topics;
    kafka.createTopic(control, 1);
    kafka.createTopic(status, 1);
  }

  @Test
  void checksARulesetThatIsRight() throws IOException {
    var run = run("rules", "check", file(GOOD));

    assertThat(run.status()).isZero();
    assertThat(run.lastLine()).isEqualTo("verdict: PASS rules=2 weights=1 rules_version=mine-1");
  }

  @Test
  void namesEveryProblemWithItsPlaceInTheFile() throws IOException {
    var bad =
        file(GOOD.replace("count > 50", "cuont > 50").replace("100.0", "'100'") + "colour: 1\n");

    var run = run("rules", "check", bad);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains(bad + ":6:16: rule burst, condition 1:1: undeclared reference to 'cuont'")
        .contains(bad + ":10:19: rule shy, condition 1:13: found no matching overload for '_>_'")
        .contains(bad + ":13:9: colour is not known here");
    assertThat(run.lastLine()).isEqualTo("verdict: FAIL problems=3");
  }

  @Test
  void doesNotPublishWhatIsWrong() throws IOException {
    var run = run("rules", "publish", file("version: 1\n"));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.lastLine()).isEqualTo("verdict: FAIL problems=1");
    assertThat(published()).isEmpty();
  }

  @Test
  void publishesTheNextVersionEachTime() throws Exception {
    var first = run("rules", "publish", file(GOOD));
    var second =
        run(
            "rules",
            "publish",
            file(GOOD.replace("mine-1", "mine-2")),
            "--effective-from=2999-01-01T00:00:00Z");

    assertThat(first.lastLine())
        .isEqualTo("verdict: PASS answer=not-awaited kind=ruleset version=1 offset=0");
    assertThat(second.lastLine())
        .isEqualTo("verdict: PASS answer=not-awaited kind=ruleset version=2 offset=1");
    var documents = published();
    var newest = (RulesetDocument) DocumentJson.decode(documents.get(1));
    assertThat(newest.version()).isEqualTo(2);
    assertThat(newest.effectiveFromMillis()).isEqualTo(32_472_144_000_000L);
    assertThat(newest.ruleset().version()).isEqualTo("mine-2");
    assertThat(newest.ruleset().rules().get(1).condition()).isEqualTo("event.value >\n  100.0\n");
    assertThat(newest.ruleset().rules().get(1).shadow()).isTrue();
  }

  @Test
  void waitsForTheAnswerAndSaysThatTheCutWasMoved() throws Exception {
    answer(0, "\"answer\":\"refused\",\"reason\":\"of another topic\"", "elsewhere");
    answer(0, "\"answer\":\"accepted\",\"cut\":1767225600000,\"moved\":true", control);

    var run = run("rules", "publish", file(GOOD), "--wait", "--effective-from=0");

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("in force from 2026-01-01T00:00:00Z on, later than it was wanted");
    assertThat(run.lastLine())
        .startsWith("verdict: PASS answer=accepted cut=2026-01-01T00:00:00Z moved=true");
  }

  @Test
  void saysWhyTheJobRefusedADocument() throws Exception {
    answer(
        0, "\"answer\":\"refused\",\"reason\":\"no such window\",\"line\":3,\"column\":7", control);

    var run = run("rules", "publish", file(GOOD), "--wait");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("refused: no such window");
    assertThat(run.lastLine()).startsWith("verdict: FAIL answer=refused line=3 column=7");
  }

  @Test
  void isInconclusiveWhereNobodyAnswers() throws Exception {
    var run = run("rules", "publish", file(GOOD), "--wait", "--timeout=1s");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.lastLine()).startsWith("verdict: INCONCLUSIVE answer=none");
  }

  @Test
  void disablesARuleThatExists() throws Exception {
    var run = run("rules", "disable", "many-types", "--reason", "noisy since noon");
    var unknown = run("rules", "disable", "many-tpyes", "--reason", "noisy");

    assertThat(run.lastLine()).contains("kind=rule-disabled version=1 offset=0");
    assertThat(DocumentJson.decode(published().get(0)))
        .isEqualTo(new RuleDisabled("many-types", 1, null, "many-types", "noisy since noon"));
    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.err()).contains("no ruleset has a rule many-tpyes", "event-burst");
    assertThat(published()).hasSize(1);
  }

  @Test
  void publishesADimensionFromAFile() throws Exception {
    var run =
        run("dimensions", "publish", "region", file("DE: EU\n\"NO\": EU\n"), "--attribute=country");

    assertThat(run.lastLine()).contains("kind=dimension version=1");
    assertThat(DocumentJson.decode(published().get(0)))
        .isEqualTo(new Dimension("region", 1, null, "country", Map.of("DE", "EU", "NO", "EU")));
    assertThat(run("dimensions", "publish", "r", file("DE: 1\n"), "--attribute=c").err())
        .contains("value of DE is no text");
  }

  @Test
  void showsWhatIsInForceAndWhatIsToCome() throws Exception {
    var before = run("rules", "show");
    run("rules", "publish", file(GOOD));
    run("rules", "disable", "event-burst", "--reason=noisy");
    run("rules", "suppress", "--user=u1", "--from=0", "--until=4102444800000", "--reason=test");
    // As if the job had answered long ago: its cuts count.
    answer(0, "\"answer\":\"accepted\",\"cut\":1767225600000,\"moved\":false", control);
    answer(2, "\"answer\":\"accepted\",\"cut\":1767225600000,\"moved\":false", control);
    var after = run("rules", "show");
    var all = run("rules", "show", "--all");

    assertThat(before.out())
        .contains("ruleset default-1, the initial one")
        .contains("rule high-score  enabled  high  on failed_login,successful_login");
    assertThat(after.out())
        .contains("ruleset mine-1, of the document at offset 0")
        .contains("rule shy  enabled  medium  shadow  on purchase  if event.value > 100.0")
        .contains("to come  rule-disabled event-burst version 1")
        .contains("user u1, rule any, 1970-01-01T00:00:00Z to 2100-01-01T00:00:00Z: test")
        .doesNotContain("ruleset rules version 1");
    assertThat(all.out()).contains("known    ruleset rules version 1  from 2026-01-01T00:00:00Z");
  }

  @Test
  void suppressionNeedsAUserOrARuleAndASpan() {
    assertThat(run("rules", "suppress", "--from=0", "--until=1", "--reason=x").status())
        .isEqualTo(2);
    assertThat(run("rules", "suppress", "--user=u", "--from=1", "--until=1", "--reason=x").err())
        .contains("--until must be after --from");
  }

  private CommandLineRun run(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.add("-Dkafka.bootstrap-servers=" + kafka.bootstrapServers());
    all.add("-Dkafka.control-topic=" + control);
    all.add("-Dkafka.control-status-topic=" + status);
    all.add("-Dlake.path=file:///lake");
    all.add("-Dhot-store.uri=redis://127.0.0.1:1");
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private static String file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "rules", ".yaml"), text).toString();
  }

  private void answer(long offset, String fields, String topic) throws Exception {
    var json =
        "{%s,\"topic\":\"%s\",\"partition\":0,\"offset\":%d}".formatted(fields, topic, offset);
    var bytes = new ByteArraySerializer();
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()), bytes, bytes)) {
      producer.send(new ProducerRecord<>(status, json.getBytes(StandardCharsets.UTF_8))).get();
    }
  }

  private List<byte[]> published() {
    var bytes = new ByteArrayDeserializer();
    var partition = new TopicPartition(control, 0);
    var found = new ArrayList<byte[]>();
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()), bytes, bytes)) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      var end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(record -> found.add(record.value()));
      }
    }
    return found;
  }
}
