package io.riskstream.demo;

import java.io.IOException;

/** Something that ends the demo; its message tells a person what and why, without a stack trace. */
public final class DemoException extends IOException {
  private static final long serialVersionUID = 1L;

  DemoException(String message) {
    super(message);
  }

  DemoException(String message, Throwable cause) {
    super(message, cause);
  }
}
