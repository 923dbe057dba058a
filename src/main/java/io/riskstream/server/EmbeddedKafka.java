package io.riskstream.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A real Kafka of one node, broker and controller, in this JVM and on the loopback interface. Once
 * the constructor returns it serves; what it acknowledged is there again after a clean close and a
 * start on the same folder.
 */
public final class EmbeddedKafka implements AutoCloseable {
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
    KafkaNode.format(folder, folder);
    var settings = KafkaNode.settings(folder, brokerPort, Ports.choose("Kafka", 0));
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

  /** Creates a topic whose records carry the broker's time, and are kept; it can be written. */
  public void createTopic(String name, int partitions) throws IOException {
    createTopic(name, partitions, Map.of());
  }

  /** Creates such a topic with further settings. */
  public void createTopic(String name, int partitions, Map<String, String> further)
      throws IOException {
    KafkaNode.createTopic(bootstrapServers, name, partitions, further);
  }

  /** Shuts down cleanly and waits until all of its threads have ended. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
