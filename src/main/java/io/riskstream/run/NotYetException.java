package io.riskstream.run;

/** Something that a run needs does not answer or is not right yet; the same may go well later. */
public final class NotYetException extends RunException {
  private static final long serialVersionUID = 1L;

  public NotYetException(String message) {
    super(message);
  }

  NotYetException(String message, Throwable cause) {
    super(message, cause);
  }
}
