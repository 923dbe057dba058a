package io.riskstream.run;

/** A run that could not begin or did not end as it should; its message says what to do. */
public sealed class RunException extends Exception permits NotYetException {
  private static final long serialVersionUID = 1L;

  RunException(String message) {
    super(message);
  }

  RunException(String message, Throwable cause) {
    super(message, cause);
  }
}
