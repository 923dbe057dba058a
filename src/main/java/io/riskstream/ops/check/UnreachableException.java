package io.riskstream.ops.check;

import java.io.IOException;

/** Something that has to be read cannot be; the message names it and its address. */
public final class UnreachableException extends IOException {
  private static final long serialVersionUID = 1L;

  public UnreachableException(String message) {
    super(message);
  }

  public UnreachableException(String message, Exception cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
