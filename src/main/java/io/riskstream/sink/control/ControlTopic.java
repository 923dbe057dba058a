package io.riskstream.sink.control;

import io.riskstream.config.KafkaConfig;
import io.riskstream.model.ControlDocument;
import io.riskstream.rules.document.DocumentJson;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The control topic in Kafka. At least once within a bounded time, acknowledged by all replicas;
 * the key is kind, id and version, so that a document published twice is known as one.
 */
public final class ControlTopic implements ControlPublisher {
  private static final long serialVersionUID = 1L;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String bootstrapServers;
  private final String topic;
  private final HashMap<String, String> properties;

  public ControlTopic(KafkaConfig kafka) {
    bootstrapServers = kafka.bootstrapServers();
    topic = kafka.controlTopic();
    properties = new HashMap<>(kafka.properties());
  }

  @Override
  public void publish(ControlDocument document) throws IOException, InterruptedException {
    var bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(settings(), bytes, bytes)) {
      producer
          .send(
              new ProducerRecord<>(topic, DocumentJson.key(document), DocumentJson.encode(document)))
          .get();
    } catch (ExecutionException failed) {
      throw unreachable(failed.getCause());
    } catch (KafkaException failed) {
      throw unreachable(failed);
    }
  }

  private Map<String, Object> settings() {
    var millis = Math.toIntExact(PATIENCE.toMillis());
    var settings = new HashMap<String, Object>(properties);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis / 2);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis);
    return settings;
  }

  private IOException unreachable(Throwable cause) {
    return new IOException(
        "topic %s of Kafka at %s does not take a document: %s"
            .formatted(topic, bootstrapServers, cause.getMessage()),
        cause);
  }
}
