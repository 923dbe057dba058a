package io.riskstream.registry;

import java.io.IOException;

/** The registry, or this side of it, does not take a schema; the message says why. */
public final class RefusedSchemaException extends IOException {
  private static final long serialVersionUID = 1L;

  RefusedSchemaException(String message) {
    super(message);
  }
}
