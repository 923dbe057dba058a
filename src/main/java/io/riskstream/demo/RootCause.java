package io.riskstream.demo;

/** Finds the one line that tells a person why something failed. */
final class RootCause {
  private static final String UNKNOWN = "for no known reason";

  private RootCause() {}

  /** Returns the message of the innermost cause, or its class where it has none. */
  static String of(Throwable failure) {
    if (failure == null) {
      return UNKNOWN;
    }
    var cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    var message = cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }
}
