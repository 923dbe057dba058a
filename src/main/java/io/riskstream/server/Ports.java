package io.riskstream.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback interface; what is found free may be taken by another process later. */
public final class Ports {
  public static final String HOST = "127.0.0.1";

  private Ports() {}

  /**
   * Returns the port, or a free one for 0.
   *
   * @throws PortTakenException if another process listens on it
   */
  public static int choose(String server, int portOrZero) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), portOrZero));
      return socket.getLocalPort();
    } catch (IOException taken) {
      if (portOrZero == 0) {
        throw taken;
      }
      var named = new PortTakenException(server, portOrZero);
      named.initCause(taken);
      throw named;
    }
  }
}
