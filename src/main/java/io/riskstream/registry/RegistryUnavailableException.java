package io.riskstream.registry;

import java.io.IOException;

/**
 * The registry gives no answer that can be relied on: it is away, overloaded, refuses who asks, or
 * is no registry at all. Says nothing about any schema; the message names the address and a remedy.
 */
public final class RegistryUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  RegistryUnavailableException(String message, Throwable causeOrNull) {
    super(message, causeOrNull);
  }
}
