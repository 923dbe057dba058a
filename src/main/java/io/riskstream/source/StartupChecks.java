package io.riskstream.source;

import io.riskstream.config.KafkaConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Asks the broker, before the job starts, for all that the job's guarantees rest on. Reads only,
 * and ends within a bounded time whatever the broker does.
 */
public final class StartupChecks implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String MAX_TRANSACTION_TIMEOUT = "transaction.max.timeout.ms";
  private static final String STAMPED = "LogAppendTime";
  private static final String NOT_COMPACTED = TopicConfig.CLEANUP_POLICY_DELETE;
  private static final String FOR_EVER = "-1";
  private static final String DOCUMENTS_WOULD_GO =
      "so that documents that are in force would be deleted";

  private final KafkaConfig kafka;
  private final Duration patience;
  private final Admin admin;
  private final List<String> problems = new ArrayList<>();

  private StartupChecks(KafkaConfig kafka, Duration patience) {
    this.kafka = kafka;
    this.patience = patience;
    this.admin = Admin.create(properties(kafka, patience));
  }

  /** Returns what stands against a start, each problem with its fix; empty if nothing does. */
  public static List<String> problems(KafkaConfig kafka) throws InterruptedException {
    return problems(kafka, PATIENCE);
  }

  static List<String> problems(KafkaConfig kafka, Duration patience) throws InterruptedException {
    try (var checks = new StartupChecks(kafka, patience)) {
      return checks.run();
    } catch (KafkaException e) {
      var cause = e.getCause() == null ? e : e.getCause();
      return List.of(
          "no Kafka client can be made for %s: %s; correct kafka.bootstrap-servers or kafka.properties"
              .formatted(kafka.bootstrapServers(), cause.getMessage()));
    }
  }

  private static Map<String, Object> properties(KafkaConfig kafka, Duration patience) {
    var properties = new HashMap<String, Object>(kafka.properties());
    var millis = Math.toIntExact(patience.toMillis());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis / 2);
    return properties;
  }

  /** Each wait is bounded by the client's own time limit. */
  private List<String> run() throws InterruptedException {
    try {
      var brokers = admin.describeCluster().nodes().get();
      for (var topic : topics()) {
        if (exists(topic)) {
          checkSettings(topic);
        }
      }
      checkTransactionTimeout(brokers.iterator().next().idString());
    } catch (ExecutionException e) {
      problems.add(describe(e.getCause()));
    }
    return problems;
  }

  private List<String> topics() {
    return List.of(
        kafka.eventsTopic(),
        kafka.profilesTopic(),
        kafka.controlTopic(),
        kafka.alertsTopic(),
        kafka.deadLettersTopic(),
        kafka.controlStatusTopic());
  }

  private boolean exists(String topic) throws ExecutionException, InterruptedException {
    try {
      var found = admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
      if (isControl(topic) && found.partitions().size() != 1) {
        problems.add(
            ("topic %s has %d partitions, so that its documents have no one order; name one with a"
                    + " single partition by kafka.control-topic")
                .formatted(topic, found.partitions().size()));
      }
      return true;
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw e;
      }
      problems.add(
          "topic %s does not exist; create it: kafka-topics %s --create --topic %s --partitions %d%s"
              .formatted(
                  topic, brokerArgument(), topic, isControl(topic) ? 1 : 4, settingsOf(topic)));
      return false;
    }
  }

  private void checkSettings(String topic) throws ExecutionException, InterruptedException {
    if (isInput(topic)) {
      check(
          topic,
          TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
          STAMPED,
          "so that ingest_time would be the producer's word");
    }
    if (isControl(topic)) {
      check(topic, TopicConfig.CLEANUP_POLICY_CONFIG, NOT_COMPACTED, DOCUMENTS_WOULD_GO);
      check(topic, TopicConfig.RETENTION_MS_CONFIG, FOR_EVER, DOCUMENTS_WOULD_GO);
    }
  }

  private void check(String topic, String setting, String wanted, String why)
      throws ExecutionException, InterruptedException {
    var found = setting(ConfigResource.Type.TOPIC, topic, setting);
    if (!wanted.equals(found)) {
      problems.add(
          ("topic %s has %s=%s, %s; change it: kafka-configs %s --alter --entity-type topics"
                  + " --entity-name %s --add-config %s=%s")
              .formatted(topic, setting, found, why, brokerArgument(), topic, setting, wanted));
    }
  }

  private void checkTransactionTimeout(String broker)
      throws ExecutionException, InterruptedException {
    var most = Long.parseLong(setting(ConfigResource.Type.BROKER, broker, MAX_TRANSACTION_TIMEOUT));
    var wanted = kafka.transactionTimeout().toMillis();
    if (wanted > most) {
      problems.add(
          "kafka.transaction-timeout is %d ms, and the broker allows %d ms; lower it, or raise the broker's %s"
              .formatted(wanted, most, MAX_TRANSACTION_TIMEOUT));
    }
  }

  private String setting(ConfigResource.Type type, String name, String setting)
      throws ExecutionException, InterruptedException {
    var resource = new ConfigResource(type, name);
    Map<ConfigResource, Config> configs = admin.describeConfigs(List.of(resource)).all().get();
    return configs.get(resource).get(setting).value();
  }

  private String describe(Throwable cause) {
    if (cause instanceof TimeoutException) {
      return "no Kafka broker answers at %s within %d s; start it, or correct kafka.bootstrap-servers"
          .formatted(kafka.bootstrapServers(), patience.toSeconds());
    }
    var right =
        cause instanceof AuthorizationException
            ? "grant the user Describe and DescribeConfigs on topics and cluster"
            : "correct kafka.properties (security)";
    return "Kafka at %s refuses: %s; %s"
        .formatted(kafka.bootstrapServers(), cause.getMessage(), right);
  }

  /** Where the time of records counts. */
  private boolean isInput(String topic) {
    return topic.equals(kafka.eventsTopic())
        || topic.equals(kafka.profilesTopic())
        || isControl(topic);
  }

  private boolean isControl(String topic) {
    return topic.equals(kafka.controlTopic());
  }

  private String brokerArgument() {
    return "--bootstrap-server " + kafka.bootstrapServers();
  }

  private String settingsOf(String topic) {
    var stamped = argument(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, STAMPED);
    if (isControl(topic)) {
      return stamped + argument(TopicConfig.RETENTION_MS_CONFIG, FOR_EVER);
    }
    return isInput(topic) ? stamped : "";
  }

  private static String argument(String setting, String value) {
    return " --config " + setting + "=" + value;
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
