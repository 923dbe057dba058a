package io.riskstream.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** What a cluster says of itself over REST; nothing while it does not answer in time. */
final class ClusterRest {
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String address;

  ClusterRest(String address) {
    this.address = address;
  }

  Optional<JsonNode> get(String path) {
    try {
      var connection = URI.create("http://" + address + path).toURL().openConnection();
      connection.setConnectTimeout((int) LIMIT.toMillis());
      connection.setReadTimeout((int) LIMIT.toMillis());
      try (var body = connection.getInputStream()) {
        return Optional.of(JSON.readTree(body));
      }
    } catch (IOException noAnswer) {
      return Optional.empty();
    }
  }
}
