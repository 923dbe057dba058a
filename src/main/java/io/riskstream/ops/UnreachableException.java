package io.riskstream.ops;

import java.io.IOException;

/** Something that has to be read cannot be; the message names it and its address. */
final class UnreachableException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreachableException(String message) {
    super(message);
  }

  UnreachableException(String message, Exception cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
