package io.riskstream.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** How what is committed in a topic is read from its beginning to its end of now. */
public final class ReadToTheEnd {
  private static final int LONGEST_FETCH_MILLIS = 10;

  private ReadToTheEnd() {}

  /**
   * Returns the settings of the consumer.
   *
   * @param properties further client properties, such as security
   * @param patience with Kafka's answers
   */
  public static Map<String, Object> settings(
      String bootstrapServers, Map<String, String> properties, Duration patience) {
    var settings = new HashMap<String, Object>(properties);
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    // There is an end to read to: nobody waits for more, and close() does for what was asked last.
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, LONGEST_FETCH_MILLIS);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
    return settings;
  }
}
