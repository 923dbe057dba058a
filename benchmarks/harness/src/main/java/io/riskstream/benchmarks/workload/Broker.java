package io.riskstream.benchmarks.workload;

import io.riskstream.load.event.AvroProducers;
import io.riskstream.load.event.EventFormats;
import io.riskstream.load.event.LoadFormat;
import io.riskstream.manifest.ManifestWriter;
import io.riskstream.registry.RegistryAddress;
import io.riskstream.server.EmbeddedRegistry;
import io.riskstream.server.KafkaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * The Kafka that all contenders share, and a schema registry where one is asked for: processes of
 * their own that end with this JVM.
 */
public final class Broker implements AutoCloseable {
  /** Partitions of each topic that has more than one. */
  public static final int PARTITIONS = 2;

  private static final Duration REGISTRY_TIMEOUT = Duration.ofSeconds(10);

  private final KafkaProcess kafka;
  private final Admin admin;
  private final TopicProgress progress;
  private EmbeddedRegistry registry;

  private Broker(KafkaProcess kafka) {
    this.kafka = kafka;
    this.admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
    this.progress = new TopicProgress(admin);
  }

  /** Starts it; returns once it serves. */
  public static Broker start(Path folder) throws IOException {
    var kafka = new KafkaProcess(folder.resolve("node"), folder.resolve("topics"));
    kafka.start();
    return new Broker(kafka);
  }

  public String bootstrapServers() {
    return kafka.bootstrapServers();
  }

  /** Creates a topic, and returns once its partitions are served. */
  public void createTopic(String name, int partitions) throws IOException {
    kafka.createTopic(name, partitions);
  }

  /** Deletes the topics whose names begin so. */
  public void deleteTopics(String prefix) throws IOException {
    var names =
        KafkaAnswer.get(admin.listTopics().names()).stream()
            .filter(name -> name.startsWith(prefix));
    Collection<String> chosen = names.toList();
    KafkaAnswer.get(admin.deleteTopics(chosen).all());
  }

  /** Returns the address of a schema registry, which is started when it is first asked for. */
  public String registry() throws IOException {
    if (registry == null) {
      registry = EmbeddedRegistry.start(0, null);
    }
    return registry.url();
  }

  /**
   * Returns how the events of a topic are written; schemas are registered for it.
   *
   * @param manifestOrNull is told of the schemas
   */
  public EventFormats formats(LoadFormat format, String topic, ManifestWriter manifestOrNull)
      throws IOException {
    if (format == LoadFormat.JSON) {
      return EventFormats.json();
    }
    var address = new RegistryAddress(registry(), null, REGISTRY_TIMEOUT);
    var producers = AvroProducers.register(address, topic + "-value");
    if (manifestOrNull != null) {
      producers.describe(manifestOrNull);
    }
    return EventFormats.of(format, producers);
  }

  /** Returns how much of its topics is drained. */
  public TopicProgress progress() {
    return progress;
  }

  @Override
  public void close() {
    admin.close();
    kafka.close();
    if (registry != null) {
      registry.close();
    }
  }
}
