package io.riskstream.chaos.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network between clients and one server, both on this computer, that can be cut, made silent or
 * slow. It changes no byte, loses none of a connection that lives, and counts what it did.
 */
public final class TcpProxy implements AutoCloseable {
  private static final int BACKLOG = 128;

  /** What the network does at the moment. */
  sealed interface Mode {
    /** Bytes pass, each piece after so long. */
    record Passing(Duration delay) implements Mode {}

    /** Every connection is reset, those that come too. */
    record Refusing() implements Mode {}

    /** Connections stay, and nothing passes; it passes later, as TCP sends it again. */
    record Silent() implements Mode {}
  }

  private final String server;
  private final int serverPort;
  private final ServerSocket listener;
  private final AtomicLong heldBack = new AtomicLong();
  private final AtomicLong detained = new AtomicLong();
  private final Gate gate = new Gate(heldBack);
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong requestBytes = new AtomicLong();
  private final AtomicLong answerBytes = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong broken = new AtomicLong();
  private final AtomicLong withoutServer = new AtomicLong();

  private TcpProxy(String server, int serverPort, ServerSocket listener) {
    this.server = server;
    this.serverPort = serverPort;
    this.listener = listener;
  }

  /**
   * Starts a proxy on a free port of the loopback interface.
   *
   * @param server its name, for threads and messages
   * @param serverPort of the loopback interface; the server may come and go
   */
  public static TcpProxy start(String server, int serverPort) throws IOException {
    var listener = new ServerSocket();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    var proxy = new TcpProxy(server, serverPort, listener);
    proxy.inBackground("accept", proxy::accept);
    return proxy;
  }

  /** Returns the port that clients connect to. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Resets all connections, and every one that comes, until {@link #heal}. */
  public void cut() {
    gate.set(new Mode.Refusing());
    for (var connection : new ArrayList<>(connections)) {
      broken.incrementAndGet();
      connection.reset();
    }
  }

  /** Lets no byte pass until {@link #heal}; connections stay, and new ones are taken. */
  public void silence() {
    gate.set(new Mode.Silent());
  }

  /**
   * Holds what the clients of all present connections send from the first piece on that does not
   * fit in a packet, as a path that passes small packets only, until {@link #release}; also that of
   * a client that has gone meanwhile. New connections pass.
   */
  public void holdBack() {
    connections.forEach(connection -> connection.set(new Mode.Silent()));
  }

  /** Lets pass what {@link #holdBack} holds. */
  public void release() {
    connections.forEach(connection -> connection.set(new Mode.Passing(Duration.ZERO)));
  }

  /** Holds each piece of each connection for so long, both ways, until {@link #heal}. */
  public void delay(Duration delay) {
    gate.set(new Mode.Passing(delay));
  }

  /** Lets all pass at once; what was held back passes now. */
  public void heal() {
    gate.set(new Mode.Passing(Duration.ZERO));
  }

  /** Returns how many bytes are, or were, passed on to the server; what it has is among them. */
  public long requestBytes() {
    return requestBytes.get();
  }

  /** Returns how many bytes are, or were, passed on to clients; what they have is among them. */
  public long answerBytes() {
    return answerBytes.get();
  }

  /** Returns how many connections found no server behind the proxy. */
  public long withoutServer() {
    return withoutServer.get();
  }

  /** Returns how many connections were reset as soon as they came while the network was cut. */
  public long refused() {
    return refused.get();
  }

  /** Returns how many living connections the cuts have reset. */
  public long broken() {
    return broken.get();
  }

  /** Returns how many connections are open. */
  public int connections() {
    return connections.size();
  }

  /** Returns how many pieces of data were held back, by a delay or in silence. */
  public long heldBack() {
    return heldBack.get();
  }

  /** Returns how many pieces of data {@link #holdBack} has held. */
  public long detained() {
    return detained.get();
  }

  /** Closes all connections; the server sees its clients go. */
  @Override
  public void close() throws IOException {
    listener.close();
    connections.forEach(Connection::reset);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        if (gate.isRefusing()) {
          refused.incrementAndGet();
          Connection.reset(client);
        } else {
          inBackground("connect", () -> connect(client));
        }
      } catch (IOException closed) {
        // Of the listener: the loop ends. Of a client: it has gone again.
      }
    }
  }

  private void connect(Socket client) {
    if (!gate.awaitOpen(client)) {
      Connection.reset(client);
      return;
    }
    try {
      var connection =
          new Connection(
              client,
              new Socket(InetAddress.getLoopbackAddress(), serverPort),
              gate,
              new Gate(detained),
              connections::remove);
      connections.add(connection);
      // A cut that came between looked at the connections before this one was among them.
      if (gate.isRefusing() || listener.isClosed()) {
        connection.reset();
      }
      inBackground("answers", () -> connection.pumpAnswers(answerBytes));
      connection.pumpRequests(requestBytes);
    } catch (IOException noServer) {
      withoutServer.incrementAndGet();
      Connection.reset(client);
    }
  }

  private void inBackground(String what, Runnable work) {
    var thread = new Thread(work, "proxy-" + server + "-" + what);
    thread.setDaemon(true);
    thread.start();
  }
}
