package io.riskstream.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of the loopback interface for servers that are told theirs; what is found free may be taken
 * by another process later.
 *
 * <p>They lie below those that the kernel gives to whoever asks for any, 32768 upwards on Linux.
 * One of these is soon given away between its choice and the start of its server, or while its
 * server is down; and a client that tries again and again to reach a server that is down can be
 * given that very port, and is then connected to itself.
 */
public final class Ports {
  public static final String HOST = "127.0.0.1";

  private static final int FIRST = 15_000;
  private static final int COUNT = 32_768 - FIRST;

  /** Processes begin far from each other, and each goes through all ports before it begins anew. */
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private Ports() {}

  /**
   * Returns the port, or for 0 a free one that it has not returned lately.
   *
   * @throws PortTakenException if another process listens on it
   */
  public static int choose(String server, int portOrZero) throws IOException {
    if (portOrZero == 0) {
      return free(server);
    }
    try {
      bind(portOrZero);
      return portOrZero;
    } catch (IOException taken) {
      var named = new PortTakenException(server, portOrZero);
      named.initCause(taken);
      throw named;
    }
  }

  private static int free(String server) throws IOException {
    IOException last = null;
    for (int tried = 0; tried < COUNT; tried++) {
      var port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      try {
        bind(port);
        return port;
      } catch (IOException taken) {
        last = taken;
      }
    }
    throw new IOException("no port of " + HOST + " is free for " + server, last);
  }

  private static void bind(int port) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
  }
}
