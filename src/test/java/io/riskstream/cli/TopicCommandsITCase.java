package io.riskstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.DeadLetter;
import io.riskstream.server.EmbeddedKafka;
import io.riskstream.sink.KafkaOutput;
import io.riskstream.testkit.Await;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code topics create} and {@code dead-letters} as they are typed, on a real broker. */
@Timeout(120)
class TopicCommandsITCase {
  private static final byte[] NO_UTF8 = {'{', (byte) 0xff};
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir static Path folder;
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void startKafka() throws Exception {
    kafka = new EmbeddedKafka(folder, 0);
  }

  @AfterAll
  static void stopKafka() {
    kafka.close();
  }

  @Test
  void createsWhatIsMissingOnceAndLeavesWhatExists() throws Exception {
    var first = run("topics", "create", "--partitions=3", "-Dkafka.events-topic=fresh-events");
    var again = run("topics", "create", "--partitions=5", "-Dkafka.events-topic=fresh-events");

    assertThat(first.out()).contains("created  fresh-events, 3 partitions");
    assertThat(first.lastLine()).startsWith("verdict: PASS created=").endsWith("problems=0");
    assertThat(again.out()).contains("exists   fresh-events, 3 partitions");
    assertThat(again.lastLine()).isEqualTo("verdict: PASS created=0 existing=6 problems=0");
    assertThat(run("config", "check", "-Dkafka.events-topic=fresh-events").status()).isZero();
  }

  @Test
  void namesAnEventsTopicThatTakesTheProducersTimes() throws Exception {
    try (var admin = Admin.create(address())) {
      admin.createTopics(List.of(new NewTopic("unstamped", 1, (short) 1))).all().get();
    }

    var run = run("topics", "create", "-Dkafka.events-topic=unstamped");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("problem: topic unstamped has message.timestamp.type=CreateTime; change it:")
        .contains("--add-config message.timestamp.type=LogAppendTime");
    assertThat(run.lastLine()).startsWith("verdict: FAIL").endsWith("problems=1");
  }

  @Test
  void createsProfilesAndDocumentsToBeKept() throws Exception {
    var run =
        run(
            "topics",
            "create",
            "--partitions=3",
            "-Dkafka.profiles-topic=kept-profiles",
            "-Dkafka.control-topic=kept-documents");

    assertThat(run.out())
        .contains("created  kept-profiles, 3 partitions", "created  kept-documents, 1 partitions");
    assertThat(settings("kept-profiles"))
        .containsEntry("message.timestamp.type", "LogAppendTime")
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", "-1");
    assertThat(settings("kept-documents"))
        .containsEntry("message.timestamp.type", "LogAppendTime")
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", "-1");
  }

  @Test
  void profilesMayBeKeptForALimitedTimeAndDocumentsMayNot() throws Exception {
    try (var admin = Admin.create(address())) {
      var limited = Map.of("message.timestamp.type", "LogAppendTime", "retention.ms", "1000000");
      admin
          .createTopics(
              List.of(
                  new NewTopic("limited-profiles", 1, (short) 1).configs(limited),
                  new NewTopic("limited-documents", 2, (short) 1).configs(limited)))
          .all()
          .get();
    }

    var run =
        run(
            "topics",
            "create",
            "-Dkafka.profiles-topic=limited-profiles",
            "-Dkafka.control-topic=limited-documents");

    assertThat(run.out().lines().filter(line -> line.startsWith("problem")))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith(
                        "problem: topic limited-documents has 2 partitions and must have 1"),
            line ->
                assertThat(line)
                    .startsWith("problem: topic limited-documents has retention.ms=1000000"));
  }

  @Test
  void saysWhenABrokerCannotDoWhatIsAsked() {
    var run = run("topics", "create", "--replication-factor=2", "-Dkafka.events-topic=two-copies");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("topic two-copies at " + kafka.bootstrapServers());
  }

  @Test
  void listsTheNewestCommittedLettersAndCountsAll() throws Exception {
    kafka.createTopic("letters", 2);
    send(true, letter(0, 7, "decode", "malformed-json", NO_UTF8, NOON));
    send(true, letter(1, 8, "validate", "missing-field", text("{}"), NOON.plusSeconds(1)));
    send(true, letter(0, 9, "validate", "missing-field", text("{ }"), NOON.plusSeconds(2)));
    send(false, letter(0, 10, "validate", "wrong-type", text("[]"), NOON.plusSeconds(3)));

    var newest = letters("list", "--limit=2");
    assertThat(newest.status()).isZero();
    assertThat(newest.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("events-1-8  2026-01-01T12:00:01Z  validate/"),
            line -> assertThat(line).startsWith("events-0-9  2026-01-01T12:00:02Z  validate/"),
            line -> assertThat(line).isEqualTo("         1 decode/malformed-json"),
            line -> assertThat(line).isEqualTo("         2 validate/missing-field"),
            line -> assertThat(line).isEqualTo("         3 dead letters, 2 of them shown"));

    assertThat(letters("list", "--stage=decode").out()).contains("events-0-7", "1 dead letters");
    assertThat(letters("list", "--error=missing-field", "--partition=1").out())
        .contains("events-1-8", "1 dead letters");
    assertThat(letters("list", "--since=2026-01-01T12:00:02Z").out()).contains("1 dead letters");
    assertThat(letters("list", "--since=1min").out()).contains("0 dead letters, 0 of them shown");
    assertThat(letters("list", "--since=noon").err()).contains("--since 'noon' is neither");
    assertThat(letters("list", "--json", "--limit=1").out().strip())
        .startsWith("{\"topic\":\"events\",\"partition\":0,\"offset\":9,")
        .endsWith("}");
  }

  @Test
  void showsOneLetterWithItsBytesDecoded() throws Exception {
    kafka.createTopic("shown-letters", 1);
    var topic = "-Dkafka.dead-letters-topic=shown-letters";
    var text = letter(3, 12, "validate", "missing-field", text("{\"a\":\"\u001b[2J\"}"), NOON);
    send("shown-letters", true, text);
    send("shown-letters", true, letter(3, 13, "decode", "malformed-json", NO_UTF8, NOON));

    assertThat(run("dead-letters", "show", topic, "events-3-12").out())
        .contains("stage        validate")
        .contains("ingest_time  2026-01-01T12:00:00Z")
        .contains("raw_key      (none)")
        .contains("raw          {\"a\":\"\\u001b[2J\"}");
    assertThat(run("dead-letters", "show", topic, "events-3-13").out())
        .contains("00000000  7b ff ")
        .contains("|{.|");

    var absent = run("dead-letters", "show", topic, "events-3-14");
    assertThat(absent.status()).isEqualTo(1);
    assertThat(absent.err()).contains("has no dead letter of events-3-14");
    assertThat(run("dead-letters", "show", topic, "events").err())
        .contains("'events' is no TOPIC-PARTITION-OFFSET");
  }

  private static CommandLineRun letters(String... arguments) {
    var all = new ArrayList<>(List.of("dead-letters", arguments[0]));
    all.add("-Dkafka.dead-letters-topic=letters");
    all.addAll(List.of(arguments).subList(1, arguments.length));
    return run(all.toArray(String[]::new));
  }

  private static CommandLineRun run(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.add("-Dkafka.bootstrap-servers=" + kafka.bootstrapServers());
    all.add("-Dlake.path=file:///lake");
    all.add("-Dhot-store.uri=redis://127.0.0.1:1");
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private static DeadLetter letter(
      int partition, long offset, String stage, String error, byte[] raw, Instant time) {
    return DeadLetter.newBuilder()
        .setTopic("events")
        .setPartition(partition)
        .setOffset(offset)
        .setIngestTime(time)
        .setStage(stage)
        .setError(error)
        .setMessage("why")
        .setRawKey(null)
        .setRaw(ByteBuffer.wrap(raw))
        .setRawLength(raw.length)
        .build();
  }

  private static void send(boolean commit, DeadLetter letter) {
    send("letters", commit, letter);
  }

  private static void send(String topic, boolean commit, DeadLetter letter) {
    var bytes = new ByteArraySerializer();
    var settings = new HashMap<>(address());
    settings.put("transactional.id", "test-" + letter.getOffset());
    try (var producer = new KafkaProducer<>(settings, bytes, bytes)) {
      producer.initTransactions();
      producer.beginTransaction();
      var outgoing = KafkaOutput.ofDeadLetter(topic, letter);
      var unused = // the commit tells of a failure
          producer.send(new ProducerRecord<>(topic, outgoing.key(), outgoing.value()));
      if (commit) {
        producer.commitTransaction();
      } else {
        producer.flush();
        producer.abortTransaction();
      }
    }
  }

  private static Map<String, String> settings(String topic) throws Exception {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (var admin = Admin.create(address())) {
      Await.until(topic + " is known", () -> names(admin).contains(topic));
      return admin.describeConfigs(List.of(resource)).all().get().get(resource).entries().stream()
          .collect(Collectors.toMap(ConfigEntry::name, entry -> String.valueOf(entry.value())));
    }
  }

  private static Set<String> names(Admin admin) {
    return admin.listTopics().names().toCompletionStage().toCompletableFuture().join();
  }

  private static Map<String, Object> address() {
    return Map.of("bootstrap.servers", kafka.bootstrapServers());
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
