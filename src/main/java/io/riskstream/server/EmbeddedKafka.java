package io.riskstream.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka of one node, broker and controller, in this JVM and on the loopback interface. Once
 * the constructor returns it serves; what it acknowledged is there again after a clean close and a
 * start on the same folder.
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final int NODE_ID = 1;
  private static final String CONTROLLER = "CONTROLLER";

  private final String bootstrapServers;
  private final KafkaRaftServer server;

  /**
   * Starts the broker.
   *
   * @param folder keeps the topics; created where it is missing
   * @param portOrZero of the broker; 0 chooses a free one
   * @throws PortTakenException if another process listens on the port
   */
  public EmbeddedKafka(Path folder, int portOrZero) throws IOException {
    this(folder, portOrZero, Map.of());
  }

  /** Starts the broker with further settings of its own. */
  public EmbeddedKafka(Path folder, int portOrZero, Map<String, String> further)
      throws IOException {
    var brokerPort = Ports.choose("Kafka", portOrZero);
    this.bootstrapServers = Ports.HOST + ":" + brokerPort;
    format(Files.createDirectories(folder));
    var settings = settings(folder, brokerPort, Ports.choose("Kafka", 0));
    settings.putAll(further);
    var config = new KafkaConfig(settings, false);
    this.server = new KafkaRaftServer(config, Time.SYSTEM);
    try {
      server.startup();
    } catch (RuntimeException failed) {
      server.shutdown();
      throw failed;
    }
  }

  /** Returns {@code host:port}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Creates a topic whose records carry the broker's time (LogAppendTime), and are kept. */
  public void createTopic(String name, int partitions) throws IOException {
    var topic =
        new NewTopic(name, partitions, (short) 1)
            .configs(
                Map.of(
                    TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                    "LogAppendTime",
                    TopicConfig.RETENTION_MS_CONFIG,
                    "-1"));
    Map<String, Object> admin =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    try (var client = Admin.create(admin)) {
      client.createTopics(List.of(topic)).all().get();
    } catch (ExecutionException failed) {
      throw new IOException("topic " + name + ": " + failed.getCause().getMessage(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while topic " + name + " was created", interrupted);
    }
  }

  /** Shuts down cleanly and waits until all of its threads have ended. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(Path folder) throws IOException {
    if (Files.exists(folder.resolve("meta.properties"))) {
      return;
    }
    try {
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(CONTROLLER)
          .setMetadataLogDirectory(Optional.of(folder.toString()))
          .addDirectory(folder.toString())
          .run();
    } catch (Exception failed) { // the tool declares nothing narrower
      throw new IOException("cannot set up Kafka's folder " + folder, failed);
    }
  }

  private static Map<String, String> settings(Path folder, int brokerPort, int controllerPort) {
    var settings = new HashMap<String, String>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put("controller.listener.names", CONTROLLER);
    settings.put("controller.quorum.voters", NODE_ID + "@" + Ports.HOST + ":" + controllerPort);
    settings.put(
        "listeners",
        "PLAINTEXT://%1$s:%2$d,CONTROLLER://%1$s:%3$d"
            .formatted(Ports.HOST, brokerPort, controllerPort));
    settings.put(
        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
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
}
