package io.riskstream.source.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.config.ConfigLoader;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.server.EmbeddedKafka;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.InstantiationUtil;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a task learns of documents from a real broker; single quotes stand for double ones. */
@Timeout(120)
final class KafkaDocumentHistoryITCase {
  private static final String OFF =
      "{'kind':'rule-disabled','id':'%s','version':1,'rule_id':'r','reason':'%s'}";
  private static final String ANSWER =
      "{'kind':null,'id':null,'version':null,'answer':'%s','cut':%s,'topic':'%s','partition':0,"
          + "'offset':%d}";

  @TempDir private static Path folder;
  private static EmbeddedKafka broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = new EmbeddedKafka(folder, 0);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void readsAllThatIsAcceptedFromTheBeginningToTheEndOfNow() throws Exception {
    var config = topics("all");
    assertThat(history(config).read()).isEmpty();

    send("all", false, OFF.formatted("one", "a"));
    send("all", false, "no document");
    send("all", false, OFF.formatted("one", "a")); // repeated
    send("all", false, OFF.formatted("one", "b")); // another content
    sendAborted("all", OFF.formatted("aborted", "a"));
    send("all", false, OFF.formatted("two", "b"));

    assertThat(history(config).read())
        .extracting(gated -> gated.document().id() + "@" + gated.offset())
        .containsExactly("one@0", "two@6");
    // Its cut lies behind the broker's time by skew and guard: five minutes and half a minute.
    assertThat(history(config).read().get(0).cutMillis())
        .isBetween(System.currentTimeMillis() + 200_000, System.currentTimeMillis() + 330_000);
  }

  @Test
  void theAnswersThatTheJobHasGivenCount() throws Exception {
    var config = topics("answered");
    for (var id : List.of("one", "two", "three")) {
      send("answered", false, OFF.formatted(id, ""));
    }
    send("answered", false, OFF.formatted("two", "")); // as its first was refused
    send("answered-status", true, ANSWER.formatted("accepted", 12_345, "answered", 0));
    send("answered-status", true, ANSWER.formatted("refused", null, "answered", 1));
    send("answered-status", true, ANSWER.formatted("refused", null, "elsewhere", 2));
    send("answered-status", true, ANSWER.formatted("accepted", 67_890, "answered", 3));

    var documents = history(config).read();
    assertThat(documents)
        .extracting(gated -> gated.document().id() + "@" + gated.offset())
        .containsExactly("one@0", "three@2", "two@3");
    assertThat(documents.get(0).cutMillis()).isEqualTo(12_345);
    assertThat(documents.get(2).cutMillis()).isEqualTo(67_890);
  }

  @Test
  void aDocumentThatWasAcceptedAndCannotBeUsedAnyMoreStopsTheTask() throws Exception {
    var config = topics("broken");
    send(
        "broken",
        false,
        "{'kind':'dimension','id':'d','version':1,'attribute':'a','parquet':'/absent','sha256':'%s'}"
            .formatted("0".repeat(64)));
    assertThat(history(config).read()).isEmpty();
    send("broken-status", true, ANSWER.formatted("accepted", 1, "broken", 0));
    assertThatThrownBy(() -> history(config).read())
        .isInstanceOf(UncheckedIOException.class)
        .rootCause()
        .hasMessageContaining("document broken-0@0 was accepted, and cannot be used any more")
        .hasMessageContaining("/absent does not exist");
  }

  @Test
  void documentsThatKafkaHasDeletedAreMissed() throws Exception {
    var config = topics("cut");
    send("cut", false, OFF.formatted("one", ""));
    send("cut", false, OFF.formatted("two", ""));
    try (var admin = Admin.create(address())) {
      admin
          .deleteRecords(Map.of(new TopicPartition("cut", 0), RecordsToDelete.beforeOffset(1)))
          .all()
          .get();
    }
    assertThatThrownBy(() -> history(config).read())
        .isInstanceOf(SuppressRestartsException.class)
        .rootCause()
        .hasMessageContaining("documents of topic cut before offset 1 are deleted");
  }

  @Test
  void aTopicWithoutOneOrderAndATimeWithoutABrokerAreRefused() throws Exception {
    broker.createTopic("split", 2);
    broker.createTopic("split-status", 1);
    assertThatThrownBy(() -> history(config("split")).read())
        .rootCause()
        .hasMessageContaining("topic split has 2 partitions");

    try (var admin = Admin.create(address())) {
      admin.createTopics(List.of(new NewTopic("unstamped", 1, (short) 1))).all().get();
    }
    broker.createTopic("unstamped-status", 1);
    send("unstamped", false, OFF.formatted("one", ""));
    assertThatThrownBy(() -> history(config("unstamped")).read())
        .isInstanceOf(SuppressRestartsException.class)
        .rootCause()
        .hasMessageContaining("document unstamped-0@0 carries its producer's time");
  }

  @Test
  void kafkaInTroubleIsNoEmptyHistory() throws Exception {
    assertThatThrownBy(() -> history(config("absent")).read())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("the documents that are in force cannot be read");
  }

  /** As the job ships it. */
  private static DocumentHistory history(RiskstreamConfig config) throws Exception {
    return InstantiationUtil.clone(new KafkaDocumentHistory(config));
  }

  private static RiskstreamConfig topics(String topic) throws Exception {
    broker.createTopic(topic, 1);
    broker.createTopic(topic + "-status", 1);
    return config(topic);
  }

  private static RiskstreamConfig config(String topic) {
    return ConfigLoader.load(
        null,
        Map.of(
            "kafka.bootstrap-servers",
            broker.bootstrapServers(),
            "kafka.control-topic",
            topic,
            "kafka.control-status-topic",
            topic + "-status",
            "lake.path",
            "file:///no-lake",
            "hot-store.uri",
            "redis://127.0.0.1:1"));
  }

  private static void send(String topic, boolean inTransaction, String value) throws Exception {
    var settings = new HashMap<>(address());
    if (inTransaction) {
      settings.put("transactional.id", "of-" + topic);
    }
    try (var producer = producer(settings)) {
      if (inTransaction) {
        producer.initTransactions();
        producer.beginTransaction();
      }
      var sent = producer.send(new ProducerRecord<>(topic, bytes(value)));
      if (inTransaction) {
        producer.commitTransaction();
      }
      sent.get();
    }
  }

  private static void sendAborted(String topic, String value) {
    var settings = new HashMap<>(address());
    settings.put("transactional.id", "of-" + topic);
    try (var producer = producer(settings)) {
      producer.initTransactions();
      producer.beginTransaction();
      var unused = producer.send(new ProducerRecord<>(topic, bytes(value))); // is aborted
      producer.flush();
      producer.abortTransaction();
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Map<String, Object> address() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  private static byte[] bytes(String value) {
    return value.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
