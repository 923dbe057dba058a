package io.riskstream.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * What every Kafka of one node has in common, wherever it runs: its folder, settings and topics.
 */
final class KafkaNode {
  static final String DIRECT = "PLAINTEXT";

  private static final int NODE_ID = 1;
  private static final Duration SPREADING = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 20;
  private static final String CONTROLLER = "CONTROLLER";

  private KafkaNode() {}

  /** Makes the folders fit for a node, unless they are. */
  static void format(Path metadata, Path logs) throws IOException {
    if (Files.exists(metadata.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(metadata);
    Files.createDirectories(logs);
    try {
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(CONTROLLER)
          .setMetadataLogDirectory(Optional.of(metadata.toString()))
          .addDirectory(metadata.toString())
          .addDirectory(logs.toString())
          .run();
    } catch (Exception failed) { // the tool declares nothing narrower
      throw new IOException("cannot set up Kafka's folder " + metadata, failed);
    }
  }

  /** Returns the settings of a node that keeps all in one folder; the caller may add to them. */
  static Map<String, String> settings(Path folder, int brokerPort, int controllerPort) {
    var settings = new HashMap<String, String>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put("controller.listener.names", CONTROLLER);
    settings.put("controller.quorum.voters", NODE_ID + "@" + Ports.HOST + ":" + controllerPort);
    settings.put(
        "listeners", listener(DIRECT, brokerPort) + "," + listener(CONTROLLER, controllerPort));
    settings.put(
        "listener.security.protocol.map", DIRECT + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
    settings.put("log.dirs", folder.toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // One node, and few threads and partitions, so that it starts in seconds on two cores.
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "2");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    settings.put("log.cleaner.threads", "1");
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
    // A computer that sleeps for a while must not fence its only broker.
    settings.put("broker.session.timeout.ms", "60000");
    return settings;
  }

  /** Returns an address to listen on, or one that clients are told. */
  static String listener(String name, int port) {
    return name + "://" + Ports.HOST + ":" + port;
  }

  /**
   * Creates a topic whose records carry the broker's time (LogAppendTime) and are kept, but for
   * further settings, and returns once its partitions are served. Before that a producer can lose
   * its first batch: the broker takes the one behind it, and then no other (KAFKA-15591).
   */
  static void createTopic(
      String bootstrapServers, String name, int partitions, Map<String, String> further)
      throws IOException {
    var configs = new HashMap<String, String>();
    configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    configs.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
    configs.putAll(further);
    var topic = new NewTopic(name, partitions, (short) 1).configs(configs);
    var asked =
        IntStream.range(0, partitions)
            .boxed()
            .collect(
                Collectors.toMap(
                    partition -> new TopicPartition(name, partition),
                    partition -> OffsetSpec.latest()));
    Map<String, Object> admin =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    try (var client = Admin.create(admin)) {
      client.createTopics(List.of(topic)).all().get();
      awaitServed(client, asked);
    } catch (ExecutionException failed) {
      throw new IOException("topic " + name + ": " + failed.getCause().getMessage(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while topic " + name + " was created", interrupted);
    }
  }

  /** The broker learns of a topic, and then of its partitions, after the controller has made it. */
  private static void awaitServed(Admin client, Map<TopicPartition, OffsetSpec> asked)
      throws ExecutionException, InterruptedException {
    var deadlineNanos = System.nanoTime() + SPREADING.toNanos();
    while (true) {
      try {
        client.listOffsets(asked).all().get();
        return;
      } catch (ExecutionException failed) {
        if (!(failed.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() > deadlineNanos) {
          throw failed;
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    }
  }
}
