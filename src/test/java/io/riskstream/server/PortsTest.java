package io.riskstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class PortsTest {
  /** Where Linux begins to give ports to those that ask for any. */
  private static final int ANY_PORT = 32_768;

  @Test
  void noPortIsChosenTwiceNorOneThatTheKernelGivesAway() throws IOException {
    var chosen = new HashSet<Integer>();
    for (int i = 0; i < 1_000; i++) {
      assertThat(chosen.add(Ports.choose("a test", 0))).isTrue();
    }
    assertThat(chosen).allMatch(port -> port < ANY_PORT);
  }

  @Test
  void aPortThatAnotherServerListensOnIsLeftOut() throws IOException {
    for (int i = 0; i < 10; i++) {
      var next = Ports.choose("a test", 0) + 1;
      try (var other = new ServerSocket(next, 1, InetAddress.getLoopbackAddress())) {
        assertThat(Ports.choose("a test", 0)).isNotEqualTo(other.getLocalPort());
      }
    }
  }
}
