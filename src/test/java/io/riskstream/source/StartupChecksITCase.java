package io.riskstream.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.ConfigLoader;
import io.riskstream.config.KafkaConfig;
import io.riskstream.server.EmbeddedKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The checks before a start, asked of a real broker. */
@Timeout(120)
class StartupChecksITCase {
  @TempDir private static Path folder;

  private static EmbeddedKafka broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = new EmbeddedKafka(folder, 0);
    broker.createTopic("events", 1);
    broker.createTopic("risk-alerts", 1);
    broker.createTopic("dead-letters", 1);
    broker.createTopic("control", 1);
    broker.createTopic("control-status", 1);
    broker.createTopic("user-profiles", 1);
    broker.createTopic("two-partitions", 2);
    try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic("producer-time", 1, (short) 1))).all().get();
    }
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void findsNothingWhereTheJobCanStart() throws Exception {
    assertThat(StartupChecks.problems(kafka(Map.of()))).isEmpty();
  }

  @Test
  void findsEachMissingTopicWithTheCommandThatCreatesIt() throws Exception {
    var kafka =
        kafka(
            Map.of(
                "kafka.events-topic",
                "absent",
                "kafka.alerts-topic",
                "absent-too",
                "kafka.control-topic",
                "absent-as-well"));

    assertThat(StartupChecks.problems(kafka))
        .containsExactly(
            "topic absent does not exist; create it: kafka-topics --bootstrap-server "
                + broker.bootstrapServers()
                + " --create --topic absent --partitions 4"
                + " --config message.timestamp.type=LogAppendTime",
            "topic absent-as-well does not exist; create it: kafka-topics --bootstrap-server "
                + broker.bootstrapServers()
                + " --create --topic absent-as-well --partitions 1"
                + " --config message.timestamp.type=LogAppendTime --config retention.ms=-1",
            "topic absent-too does not exist; create it: kafka-topics --bootstrap-server "
                + broker.bootstrapServers()
                + " --create --topic absent-too --partitions 4");
  }

  @Test
  void findsAnEventsTopicWithTheProducersTime() throws Exception {
    assertThat(StartupChecks.problems(kafka(Map.of("kafka.events-topic", "producer-time"))))
        .singleElement()
        .asString()
        .startsWith("topic producer-time has message.timestamp.type=CreateTime")
        .endsWith("--entity-name producer-time --add-config message.timestamp.type=LogAppendTime");
  }

  @Test
  void findsAProfilesTopicWithTheProducersTime() throws Exception {
    assertThat(StartupChecks.problems(kafka(Map.of("kafka.profiles-topic", "producer-time"))))
        .singleElement()
        .asString()
        .startsWith("topic producer-time has message.timestamp.type=CreateTime");
  }

  @Test
  void findsAControlTopicWithoutOneOrder() throws Exception {
    assertThat(StartupChecks.problems(kafka(Map.of("kafka.control-topic", "two-partitions"))))
        .containsExactly(
            "topic two-partitions has 2 partitions, so that its documents have no one order; name"
                + " one with a single partition by kafka.control-topic");
  }

  @Test
  void findsAControlTopicThatForgets() throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      var forgetful = new NewTopic("forgetful", 1, (short) 1);
      forgetful.configs(
          Map.of("message.timestamp.type", "LogAppendTime", "cleanup.policy", "compact"));
      admin.createTopics(List.of(forgetful)).all().get();
    }
    assertThat(StartupChecks.problems(kafka(Map.of("kafka.control-topic", "forgetful"))))
        .satisfiesExactly(
            problem ->
                assertThat(problem)
                    .startsWith("topic forgetful has cleanup.policy=compact, so that documents")
                    .endsWith("--entity-name forgetful --add-config cleanup.policy=delete"),
            problem ->
                assertThat(problem)
                    .startsWith("topic forgetful has retention.ms=604800000, so that documents")
                    .endsWith("--add-config retention.ms=-1"));
  }

  @Test
  void findsATransactionTimeoutThatTheBrokerDoesNotAllow() throws Exception {
    assertThat(StartupChecks.problems(kafka(Map.of("kafka.transaction-timeout", "16 min"))))
        .containsExactly(
            "kafka.transaction-timeout is 960000 ms, and the broker allows 900000 ms; lower it, or"
                + " raise the broker's transaction.max.timeout.ms");
  }

  @Test
  void namesTheAddressWhereNoBrokerAnswers() throws Exception {
    // Accepts connections and never says a word.
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var kafka = kafka(Map.of("kafka.bootstrap-servers", "127.0.0.1:" + silent.getLocalPort()));

      assertThat(StartupChecks.problems(kafka, Duration.ofSeconds(2)))
          .containsExactly(
              "no Kafka broker answers at 127.0.0.1:"
                  + silent.getLocalPort()
                  + " within 2 s; start it, or correct kafka.bootstrap-servers");
    }
  }

  @Test
  void namesAnAddressThatDoesNotResolve() throws Exception {
    assertThat(StartupChecks.problems(kafka(Map.of("kafka.bootstrap-servers", "absent.invalid:1"))))
        .singleElement()
        .asString()
        .contains("absent.invalid:1", "No resolvable bootstrap urls", "correct");
  }

  @Test
  void passesKafkaPropertiesToTheClient() throws Exception {
    var kafka = kafka(Map.of("kafka.properties.security.protocol", "NONSENSE"));

    assertThat(StartupChecks.problems(kafka))
        .singleElement()
        .asString()
        .contains("security.protocol", "kafka.properties");
  }

  private static KafkaConfig kafka(Map<String, String> overrides) throws IOException {
    var settings =
        new HashMap<>(
            Map.of(
                "kafka.bootstrap-servers", broker.bootstrapServers(),
                "lake.path", folder.toUri().toString(),
                "hot-store.uri", "redis://localhost:6379"));
    settings.putAll(overrides);
    return ConfigLoader.load(null, settings).kafka();
  }
}
