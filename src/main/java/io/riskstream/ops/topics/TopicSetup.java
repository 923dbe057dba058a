package io.riskstream.ops.topics;

import io.riskstream.config.KafkaConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates topics where they are missing, and checks those that exist; what exists is never changed,
 * so that it may be run again at any time.
 */
public final class TopicSetup implements AutoCloseable {
  /**
   * What was found or done.
   *
   * @param problems settings that an existing topic has otherwise, each with its fix
   */
  public record Outcome(String topic, boolean created, int partitions, List<String> problems) {}

  private static final int PATIENCE_MILLIS = 15_000;

  /** Longest that a broker may not know what the controller knows. */
  private static final Duration SPREADING = Duration.ofSeconds(5);

  private static final long POLL_MILLIS = 100;

  private final String bootstrapServers;
  private final Admin admin;

  private TopicSetup(String bootstrapServers, Admin admin) {
    this.bootstrapServers = bootstrapServers;
    this.admin = admin;
  }

  /**
   * Makes a client of the cluster; whether it answers shows later.
   *
   * @throws IOException if address or properties are unusable
   */
  public static TopicSetup connect(KafkaConfig kafka) throws IOException {
    var properties = new HashMap<String, Object>(kafka.properties());
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
    try {
      return new TopicSetup(kafka.bootstrapServers(), Admin.create(properties));
    } catch (KafkaException invalid) {
      var cause = invalid.getCause() == null ? invalid : invalid.getCause();
      throw new IOException(
          "no Kafka client can be made for %s: %s; correct kafka.bootstrap-servers or kafka.properties"
              .formatted(kafka.bootstrapServers(), cause.getMessage()),
          invalid);
    }
  }

  /**
   * Sees to it that the topic exists and its partitions are served. Before that a producer can lose
   * its first batch: a broker takes the one behind it, and then no other (KAFKA-15591).
   *
   * @param replicationFactor the broker's default if empty
   * @throws IOException if Kafka does not answer or refuses
   */
  public Outcome ensure(WantedTopic wanted, Optional<Short> replicationFactor)
      throws IOException, InterruptedException {
    var topic = new NewTopic(wanted.name(), Optional.of(wanted.partitions()), replicationFactor);
    topic.configs(wanted.initial());
    var created = create(topic);
    // A topic that the controller has made a moment ago, not every broker knows yet.
    var deadlineNanos = System.nanoTime() + SPREADING.toNanos();
    while (true) {
      try {
        return described(wanted, created);
      } catch (ExecutionException failed) {
        if (!(failed.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() > deadlineNanos) {
          throw refused(wanted.name(), failed.getCause());
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    }
  }

  private boolean create(NewTopic topic) throws IOException, InterruptedException {
    try {
      admin.createTopics(List.of(topic)).all().get();
      return true;
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw refused(topic.name(), failed.getCause());
    }
  }

  private Outcome described(WantedTopic wanted, boolean created)
      throws ExecutionException, InterruptedException {
    var description =
        admin.describeTopics(List.of(wanted.name())).allTopicNames().get().get(wanted.name());
    var asked = new HashMap<TopicPartition, OffsetSpec>();
    for (var partition : description.partitions()) {
      asked.put(new TopicPartition(wanted.name(), partition.partition()), OffsetSpec.latest());
    }
    admin.listOffsets(asked).all().get();
    var partitions = description.partitions().size();
    var problems = created ? List.<String>of() : problems(wanted, partitions);
    return new Outcome(wanted.name(), created, partitions, problems);
  }

  private List<String> problems(WantedTopic wanted, int partitions)
      throws ExecutionException, InterruptedException {
    var problems = new ArrayList<String>();
    if (wanted.exactly() && partitions != wanted.partitions()) {
      problems.add(
          "topic %s has %d partitions and must have %d; partitions cannot be taken away: name another topic"
              .formatted(wanted.name(), partitions, wanted.partitions()));
    }
    if (wanted.settings().isEmpty()) {
      return problems;
    }
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, wanted.name());
    var found = admin.describeConfigs(List.of(resource)).all().get().get(resource);
    new TreeMap<>(wanted.settings())
        .forEach(
            (key, value) -> {
              if (!value.equals(found.get(key).value())) {
                problems.add(
                    ("topic %s has %s=%s; change it: kafka-configs --bootstrap-server %s --alter"
                            + " --entity-type topics --entity-name %s --add-config %s=%s")
                        .formatted(
                            wanted.name(),
                            key,
                            found.get(key).value(),
                            bootstrapServers,
                            wanted.name(),
                            key,
                            value));
              }
            });
    return problems;
  }

  private IOException refused(String topic, Throwable cause) {
    var said =
        cause instanceof UnknownTopicOrPartitionException
            ? "it is being deleted"
            : cause.getMessage();
    return new IOException("topic %s at %s: %s".formatted(topic, bootstrapServers, said), cause);
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }
}
