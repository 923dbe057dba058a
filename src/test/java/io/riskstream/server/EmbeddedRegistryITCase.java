package io.riskstream.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.registry.RegistryAddress;
import io.riskstream.registry.RegistryClient;
import io.riskstream.registry.RegistryUnavailableException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedded registry as its users meet it: a real one, that keeps what it acknowledged. */
@Timeout(120)
class EmbeddedRegistryITCase {
  private static final String SCHEMA =
      "{\"type\":\"record\",\"name\":\"E\",\"fields\":[{\"name\":\"a\",\"type\":\"string\"}]}";

  @Test
  void keepsItsSchemasAndIdsOverACrash(@TempDir Path folder) throws Exception {
    try (var registry = EmbeddedRegistry.start(0, folder)) {
      var client = client(registry);
      var id = client.register("events-value", SCHEMA);
      registry.crash();
      assertThatThrownBy(() -> client.schema(id))
          .isInstanceOf(RegistryUnavailableException.class)
          .hasMessageContaining(registry.url());

      registry.startAgain();

      assertThat(client.schema(id).orElseThrow().text()).isEqualTo(SCHEMA);
      assertThat(client.versions("events-value")).containsExactly(1);
      assertThat(client.versions("other")).isEmpty();
      assertThat(client.schema(id + 1)).isEmpty();
    }
  }

  @Test
  void namesAPortThatIsLostAfterItWasChosen() throws Exception {
    try (var registry = EmbeddedRegistry.start(0, null)) {
      var port = URI.create(registry.url()).getPort();
      registry.crash();
      try (var other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        assertThatThrownBy(registry::startAgain)
            .isInstanceOf(PortTakenException.class)
            .hasMessageContaining(Integer.toString(other.getLocalPort()));
      }
    }
  }

  private static RegistryClient client(EmbeddedRegistry registry) {
    return new RegistryClient(new RegistryAddress(registry.url(), null, Duration.ofSeconds(10)));
  }
}
