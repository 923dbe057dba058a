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
      for (var topic :
          List.of(
              kafka.eventsTopic(),
              kafka.alertsTopic(),
              kafka.deadLettersTopic(),
              kafka.controlTopic())) {
        checkExists(topic);
      }
      checkTransactionTimeout(brokers.iterator().next().idString());
    } catch (ExecutionException e) {
      problems.add(describe(e.getCause()));
    }
    return problems;
  }

  private void checkExists(String topic) throws ExecutionException, InterruptedException {
    try {
      admin.describeTopics(List.of(topic)).allTopicNames().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw e;
      }
      problems.add(
          "topic %s does not exist; create it: kafka-topics %s --create --topic %s --partitions 4%s"
              .formatted(
                  topic, brokerArgument(), topic, isEvents(topic) ? timestampSetting() : ""));
      return;
    }
    if (isEvents(topic)) {
      checkTimestampType(topic);
    }
  }

  private void checkTimestampType(String topic) throws ExecutionException, InterruptedException {
    var type = setting(ConfigResource.Type.TOPIC, topic, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
    if (!"LogAppendTime".equals(type)) {
      problems.add(
          ("topic %s has %s=%s, so that ingest_time would be the producer's word; change it:"
                  + " kafka-configs %s --alter --entity-type topics --entity-name %s"
                  + " --add-config %s=LogAppendTime")
              .formatted(
                  topic,
                  TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                  type,
                  brokerArgument(),
                  topic,
                  TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG));
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

  private boolean isEvents(String topic) {
    return topic.equals(kafka.eventsTopic());
  }

  private String brokerArgument() {
    return "--bootstrap-server " + kafka.bootstrapServers();
  }

  private static String timestampSetting() {
    return " --config " + TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG + "=LogAppendTime";
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
