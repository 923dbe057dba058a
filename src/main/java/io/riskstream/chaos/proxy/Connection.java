package io.riskstream.chaos.proxy;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/** A client's connection and the one to the server; what ends one ends the other. */
final class Connection {
  private static final int PIECE_BYTES = 64 << 10;

  /** What TCP carries in a packet of Ethernet's 1,500 bytes. */
  private static final int PACKET_BYTES = 1_460;

  private final Socket client;
  private final Socket server;
  private final Gate gate;
  private final Gate own;
  private final AtomicInteger directions = new AtomicInteger(2);
  private final Consumer<Connection> ended;

  /**
   * @param gate of all connections
   * @param own of what this one's client sends that does not fit in a packet
   * @param ended is told, at least once, that nothing passes any more in either direction
   */
  Connection(Socket client, Socket server, Gate gate, Gate own, Consumer<Connection> ended)
      throws IOException {
    this.client = client;
    this.server = server;
    this.gate = gate;
    this.own = own;
    this.ended = ended;
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
  }

  /** Passes on what the client sends, until either side ends. */
  void pumpRequests(AtomicLong bytes) {
    pump(
        client,
        server,
        bytes,
        length -> gate.awaitOpen(client) && (length <= PACKET_BYTES || own.awaitOpen(client)));
  }

  /** Passes on what the server answers, until either side ends. */
  void pumpAnswers(AtomicLong bytes) {
    pump(server, client, bytes, length -> gate.awaitOpen(server));
  }

  /** Changes what becomes of the client's large messages, beside what the network does to all. */
  void set(TcpProxy.Mode mode) {
    own.set(mode);
  }

  /** Ends both sides at once. */
  void reset() {
    reset(client);
    reset(server);
    ended.accept(this);
  }

  /** Ends a connection so that the other side sees a reset, no orderly end. */
  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException closed) {
      // It has ended already.
    }
    try {
      socket.close();
    } catch (IOException closed) {
      // It has ended already.
    }
  }

  private void pump(Socket from, Socket to, AtomicLong bytes, IntPredicate awaitOpen) {
    var piece = new byte[PIECE_BYTES];
    try {
      var input = from.getInputStream();
      var output = to.getOutputStream();
      for (var length = input.read(piece); length >= 0; length = input.read(piece)) {
        if (!awaitOpen.test(length)) {
          break;
        }
        // Before it is passed on: whoever has it finds it counted.
        bytes.addAndGet(length);
        output.write(piece, 0, length);
      }
      if (awaitOpen.test(0)) {
        to.shutdownOutput();
        endDirection();
        return;
      }
    } catch (IOException broken) {
      // Either side has gone; so does the other.
    }
    reset();
  }

  /** Ends in good order, once both directions have, so that no last answer is lost. */
  private void endDirection() throws IOException {
    if (directions.decrementAndGet() == 0) {
      client.close();
      server.close();
      ended.accept(this);
    }
  }
}
