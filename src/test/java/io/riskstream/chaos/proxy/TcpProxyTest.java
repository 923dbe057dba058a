package io.riskstream.chaos.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The network of a stage as its clients meet it: before a server that answers each line. */
@Timeout(30)
class TcpProxyTest {
  private static final int SOON_MILLIS = 200;
  private static final int IN_TIME_MILLIS = 10_000;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private ServerSocket server;
  private TcpProxy proxy;

  @BeforeEach
  void startServerAndProxy() throws IOException {
    server = echo(0);
    proxy = TcpProxy.start("echo", server.getLocalPort());
    opened.add(proxy);
  }

  @AfterEach
  void closeAll() throws Exception {
    for (var one : opened) {
      one.close();
    }
  }

  @Test
  void passesBytesBothWaysAndCountsThem() throws IOException {
    assertThat(ask(client(), "one")).isEqualTo("one");
    assertThat(proxy.requestBytes()).isEqualTo("one\n".length());
    assertThat(proxy.answerBytes()).isEqualTo("one\n".length());
  }

  @Test
  void passesTheEndOfOneDirectionOnAndTheLastAnswerBack() throws IOException {
    var client = client();
    client.getOutputStream().write("last\n".getBytes(UTF_8));
    client.shutdownOutput();
    assertThat(new String(client.getInputStream().readAllBytes(), UTF_8)).isEqualTo("last\n");
    Await.until("the connection is given up", () -> proxy.connections() == 0);
  }

  @Test
  void cutsLivingConnectionsAndRefusesNewOnesUntilItHeals() throws IOException {
    var living = client();
    ask(living, "one");
    proxy.cut();
    assertThatThrownBy(() -> ask(living, "two")).isInstanceOf(SocketException.class);
    var refused = client();
    assertThatThrownBy(() -> ask(refused, "three")).isInstanceOf(SocketException.class);
    assertThat(proxy.broken()).isEqualTo(1);
    assertThat(proxy.refused()).isEqualTo(1);

    proxy.heal();
    assertThat(ask(client(), "four")).isEqualTo("four");
  }

  @Test
  void holdsAllBackInSilenceAndLosesNothing() throws IOException {
    var living = client();
    ask(living, "one");
    proxy.silence();
    var unheard = client();
    for (var client : List.of(living, unheard)) {
      client.setSoTimeout(SOON_MILLIS);
      assertThatThrownBy(() -> ask(client, "two")).isInstanceOf(SocketTimeoutException.class);
    }
    Await.until("both are held back", () -> proxy.heldBack() == 2);

    proxy.heal();
    for (var client : List.of(living, unheard)) {
      client.setSoTimeout(IN_TIME_MILLIS);
      assertThat(line(client)).isEqualTo("two");
    }
  }

  @Test
  void bringsWhatAClientSentThatHasGoneAfterWhatNewerOnesSend() throws IOException {
    var older = client();
    ask(older, "zero");
    proxy.holdBack();
    ask(older, "one, which fits in a packet");
    var two = "two".repeat(1_000);
    send(older, two);
    Await.until("two is held", () -> proxy.detained() == 1);
    older.close();
    var passed = proxy.requestBytes();
    ask(client(), "three");
    assertThat(proxy.requestBytes()).isEqualTo(passed + "three\n".length());

    proxy.heal();
    ask(client(), "four");
    assertThat(proxy.requestBytes()).isEqualTo(passed + "three\nfour\n".length());

    proxy.release();
    Await.until(
        "two has come",
        () -> proxy.requestBytes() == passed + ("three\nfour\n" + two + "\n").length());
  }

  @Test
  void delaysEachPieceBothWaysUntilItHeals() throws IOException {
    var client = client();
    proxy.delay(Duration.ofMillis(SOON_MILLIS));
    var startNanos = System.nanoTime();
    ask(client, "one");
    assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
        .isGreaterThanOrEqualTo(Duration.ofMillis(2L * SOON_MILLIS));

    proxy.delay(Duration.ofHours(1));
    send(client, "two");
    var held = proxy.heldBack();
    Await.until("a piece is held back", () -> proxy.heldBack() > 2);
    assertThat(held).isGreaterThanOrEqualTo(2);
    proxy.heal();
    assertThat(line(client)).isEqualTo("two");
  }

  @Test
  void saysThatNoServerWasThereAndFindsItAgain() throws IOException {
    var port = server.getLocalPort();
    server.close();
    // A thread that waits in accept may take one client more, and answer it.
    Await.until("nobody listens", () -> isRefused(port));
    var early = client();
    assertThatThrownBy(() -> ask(early, "one")).isInstanceOf(SocketException.class);
    Await.until("it is counted", () -> proxy.withoutServer() == 1);

    server = echo(port);
    assertThat(ask(client(), "two")).isEqualTo("two");
  }

  private static boolean isRefused(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !socket.isConnected();
    } catch (IOException refused) {
      return true;
    }
  }

  private Socket client() throws IOException {
    var client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    client.setSoTimeout(IN_TIME_MILLIS);
    opened.add(client);
    return client;
  }

  private static String ask(Socket client, String line) throws IOException {
    send(client, line);
    return line(client);
  }

  private static void send(Socket client, String line) throws IOException {
    client.getOutputStream().write((line + "\n").getBytes(UTF_8));
  }

  private static String line(Socket client) throws IOException {
    var line = new StringBuilder();
    while (true) {
      var next = client.getInputStream().read();
      if (next < 0) {
        throw new SocketException("the end instead of an answer");
      }
      if (next == '\n') {
        return line.toString();
      }
      line.append((char) next);
    }
  }

  private ServerSocket echo(int port) throws IOException {
    var listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    opened.add(listener);
    inBackground(
        () -> {
          while (true) {
            var socket = listener.accept();
            inBackground(() -> answer(socket));
          }
        });
    return listener;
  }

  private static void answer(Socket socket) throws IOException {
    try (socket) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    }
  }

  private static void inBackground(Work work) {
    var thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                // The test has ended, or a client has gone.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private interface Work {
    void run() throws IOException;
  }
}
