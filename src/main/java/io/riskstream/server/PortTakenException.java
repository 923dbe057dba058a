package io.riskstream.server;

import java.io.IOException;

/** A port that was asked for and that another process listens on; the message names both. */
public final class PortTakenException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int port;

  public PortTakenException(String server, int port) {
    super("port " + port + " for " + server + " is taken; choose another one, or 0 for a free one");
    this.port = port;
  }

  public int port() {
    return port;
  }
}
