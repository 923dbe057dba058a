package io.riskstream.load;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What must hold of the topic before it is worth sending to: it exists and stamps by the broker.
 */
public final class EventsTopic {
  private static final long TIMEOUT_SECONDS = 15;
  private static final String LOG_APPEND_TIME = "LogAppendTime";

  private EventsTopic() {}

  /**
   * Checks the topic.
   *
   * @throws IOException naming what is wrong and how to set it right
   */
  public static void check(String bootstrapServers, String topic, Map<String, String> properties)
      throws IOException {
    var settings = new HashMap<String, Object>(properties);
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (var admin = Admin.create(settings)) {
      var configs = admin.describeConfigs(List.of(resource)).all();
      var type =
          configs
              .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
              .get(resource)
              .get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
              .value();
      if (!type.equals(LOG_APPEND_TIME)) {
        throw new IOException(
            "topic "
                + topic
                + " has message.timestamp.type="
                + type
                + ", so its times prove nothing; set it to "
                + LOG_APPEND_TIME);
      }
    } catch (ExecutionException failed) {
      throw unusable(bootstrapServers, topic, failed.getCause());
    } catch (TimeoutException | KafkaException failed) {
      throw unusable(bootstrapServers, topic, failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw unusable(bootstrapServers, topic, interrupted);
    }
  }

  private static IOException unusable(String bootstrapServers, String topic, Throwable cause) {
    var reason =
        cause instanceof UnknownTopicOrPartitionException
            ? "it does not exist; create it, with message.timestamp.type=" + LOG_APPEND_TIME
            : String.valueOf(cause.getMessage());
    return new IOException("topic " + topic + " at " + bootstrapServers + ": " + reason, cause);
  }
}
