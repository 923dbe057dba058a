package io.riskstream.lifecycle.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Addresses where no Flink cluster answers, each with its remedy. */
class FlinkClusterTest {
  @Test
  void anAddressOfAnotherFormIsRefused() {
    for (var wrong : new String[] {"http://localhost:8081", "localhost", "a b:1", ""}) {
      assertThatThrownBy(() -> FlinkCluster.at(wrong))
          .hasMessageContainingAll("--jobmanager", "host:port", "localhost:8081");
    }
  }

  @Test
  void whereNothingListensThereIsNoAnswer() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var cluster = FlinkCluster.at("127.0.0.1:" + port);

    assertThatThrownBy(cluster::jobs)
        .isInstanceOf(NoAnswerException.class)
        .hasMessageContainingAll("127.0.0.1:" + port, "cluster start", "--jobmanager");
  }

  @Test
  void whereSomethingElseAnswersItIsNoJobManager() throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    server.createContext(
        "/",
        exchange -> {
          var page = "<html>".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    try {
      var cluster = FlinkCluster.at("127.0.0.1:" + server.getAddress().getPort());
      assertThatThrownBy(cluster::jobs).hasMessageContaining("is no Flink JobManager");
    } finally {
      server.stop(0);
    }
  }
}
